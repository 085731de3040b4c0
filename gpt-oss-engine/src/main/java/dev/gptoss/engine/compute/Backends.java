package dev.gptoss.engine.compute;

import dev.gptoss.engine.weights.Weights;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The door to backends: choose by name, plan, load. */
public final class Backends {

    private Backends() {}

    /**
     * Sizes a load before anything is allocated.
     *
     * @throws NotEnoughMemoryException if the machine or its container has less
     * @throws IllegalArgumentException if there is no such backend, or not here
     */
    public static BackendPlan plan(Weights weights, BackendChoice choice) {
        var plan = provider(choice.backend()).plan(weights, choice);
        long available = availableBytes();
        if (plan.totalBytes() > available) {
            throw new NotEnoughMemoryException(plan, available);
        }
        return plan;
    }

    /**
     * Loads a model as planned. Closing the backend does not close the weights.
     *
     * @throws java.util.concurrent.CancellationException if the listener cancelled
     */
    public static Backend load(Weights weights, BackendPlan plan, LoadListener listener) {
        return provider(plan.backend()).load(weights, plan, listener);
    }

    /** Whether a backend loaded by this plan goes on reading its weights, so that they must stay open. */
    public static boolean keepsReading(BackendPlan plan) {
        return provider(plan.backend()).keepsReading();
    }

    /** Names of the backends that run here, the preferred first. */
    public static List<String> available() {
        return providers().stream()
                .filter(provider -> provider.obstacle() == null)
                .map(BackendProvider::name)
                .toList();
    }

    private static BackendProvider provider(String name) {
        var all = providers();
        for (var provider : all) {
            String obstacle = provider.obstacle();
            if (name.equals(BackendChoice.AUTO) && obstacle == null) {
                return provider;
            }
            if (name.equals(provider.name())) {
                if (obstacle != null) {
                    throw new IllegalArgumentException("backend " + name + " does not run here: " + obstacle);
                }
                return provider;
            }
        }
        throw new IllegalArgumentException("backend must be one of "
                + all.stream().map(BackendProvider::name).collect(Collectors.joining(", "))
                + ", or " + BackendChoice.AUTO + ", was " + name);
    }

    private static List<BackendProvider> providers() {
        return ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(BackendProvider::preference).reversed())
                .toList();
    }

    /** Memory of the container or machine, less what the Java heap holds already. */
    private static long availableBytes() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize() - Runtime.getRuntime().totalMemory();
    }
}
