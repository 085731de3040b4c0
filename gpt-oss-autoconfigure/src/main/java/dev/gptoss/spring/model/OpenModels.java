package dev.gptoss.spring.model;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.LoadListener;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Engines that outlive an application context, so that a restart of the developer tools keeps loaded weights. The one
 * place with static state: users are counted, and an engine without any is closed when another model is opened.
 */
public final class OpenModels {

    private static final OpenModels SHARED = new OpenModels(Engine::open);

    private final Function<EngineOptions, Engine> opener;
    private final Map<EngineOptions, Entry> open = new HashMap<>();

    OpenModels(Function<EngineOptions, Engine> opener) {
        this.opener = opener;
    }

    /** Those of this process. */
    public static OpenModels shared() {
        return SHARED;
    }

    /** An engine with these options: one that is open already, or a new one. Closing it lets go of it. */
    public synchronized Engine open(EngineOptions options) {
        EngineOptions key = options.withLoadListener(LoadListener.NONE);
        Entry entry = open.get(key);
        if (entry == null) {
            closeUnused();
            entry = new Entry(opener.apply(options));
            open.put(key, entry);
        }
        entry.users++;
        return new SharedEngine(entry.engine, () -> release(key));
    }

    private synchronized void release(EngineOptions key) {
        Entry entry = open.get(key);
        if (entry != null) {
            entry.users--;
        }
    }

    private void closeUnused() {
        open.values().removeIf(entry -> {
            if (entry.users == 0) {
                entry.engine.close();
            }
            return entry.users == 0;
        });
    }

    private static final class Entry {
        private final Engine engine;
        private int users;

        Entry(Engine engine) {
            this.engine = engine;
        }
    }
}
