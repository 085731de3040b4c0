package dev.gptoss.spring.chat;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * gpt-oss in this process. Safe for any number of threads. An interrupt of the calling thread, a cancelled
 * subscription or a deadline stops the engine at once.
 *
 * <pre>{@code
 * GptOssChatModel model = GptOssChatModel.builder(engine).build();
 * String answer = ChatClient.create(model).prompt("Why is the sky blue?").call().content();
 * }</pre>
 */
public final class GptOssChatModel implements ChatModel {

    /** A stream blocks between tokens: each has a thread of its own, and a slow reader holds up nobody else. */
    private static final Scheduler STREAMS = Schedulers.fromExecutor(
            task -> Thread.ofVirtual().name("gpt-oss-stream").start(task));

    private final EngineSource engines;
    private final GptOssChatOptions options;
    private final Clock clock;
    private final CallGuard guard;
    private final ModelObservations observations;

    private GptOssChatModel(Builder builder) {
        engines = builder.engines;
        options = builder.options;
        clock = builder.clock;
        guard = builder.guard;
        observations = new ModelObservations(builder.observationRegistry, builder.observationConvention);
    }

    /** A model that answers with this engine, which stays its opener's to close. */
    public static Builder builder(Engine engine) {
        return new Builder(() -> engine);
    }

    /** A model whose engine may still be loading. */
    public static Builder builder(EngineSource engines) {
        return new Builder(engines);
    }

    /**
     * Answers at once.
     *
     * @throws DeadlineExceededException if a deadline of the request passed
     * @throws GenerationCancelledException if the calling thread was interrupted or the model was closed
     * @throws UnsupportedMediaException if a message carries something other than text
     * @throws dev.gptoss.engine.EngineException in its types, if the engine refused the request or failed
     */
    @Override
    public ChatResponse call(Prompt prompt) {
        Prompt complete = complete(prompt);
        Observation parent = observations.current();
        return guard.call(() -> {
            ModelObservations.Running running = observations.start(complete, false, parent);
            try (Observation.Scope scope = running.observation().openScope()) {
                return running.answered(answer(open(complete)));
            } catch (RuntimeException e) {
                running.observation().error(e);
                throw e;
            } finally {
                running.observation().stop();
            }
        });
    }

    /**
     * Answers in chunks: deltas of reasoning and text with a null finish reason, then one chunk with the tool calls, the
     * whole reasoning, the finish reason and the usage. Fails with the errors of {@link #call(Prompt)}.
     */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return guard.stream(Flux.deferContextual(context -> {
            Prompt complete = complete(prompt);
            Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
            ModelObservations.Running running = observations.start(complete, true, parent);
            return Flux.using(() -> open(complete), open -> open.stream(running::answered), OpenGeneration::close)
                    .subscribeOn(STREAMS)
                    .doOnError(running.observation()::error)
                    .doFinally(signal -> running.observation().stop())
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, running.observation()));
        }));
    }

    @Override
    public GptOssChatOptions getOptions() {
        return options;
    }

    private static ChatResponse answer(OpenGeneration opened) {
        try (opened) {
            return opened.await();
        }
    }

    /** The prompt with options of our own kind, whatever kind they were. */
    private Prompt complete(Prompt prompt) {
        Objects.requireNonNull(prompt, "prompt");
        GptOssChatOptions merged = GptOssChatOptions.merge(options, prompt.getOptions());
        return prompt.getOptions() == merged
                ? prompt
                : prompt.mutate().chatOptions(merged).build();
    }

    private OpenGeneration open(Prompt prompt) {
        GptOssChatOptions asked = (GptOssChatOptions) Objects.requireNonNull(prompt.getOptions());
        ToolNames names = new ToolNames(RequestMapper.tools(asked).stream()
                .map(tool -> tool.getToolDefinition().name())
                .toList());
        GenerationRequest request = RequestMapper.map(prompt.getInstructions(), asked, names, clock);
        Engine engine = engines.engine();
        String name = modelName(engine);
        checkModel(asked.getModel(), List.of(name, engine.info().name()));
        Generation generation = engine.submit(request);
        var statistics = new ResponseStatistics(name, engine.info().loadTime(), clock);
        return new OpenGeneration(generation, new ResponseMapper(generation.id(), statistics, names));
    }

    private String modelName(Engine engine) {
        return options.getModel() != null ? options.getModel() : engine.info().name();
    }

    private static void checkModel(@Nullable String asked, List<String> loaded) {
        if (asked != null && !loaded.contains(asked)) {
            throw new IllegalArgumentException("The request asks for model '" + asked + "', loaded is '"
                    + loaded.getFirst() + "'. Leave the model out of the options, or load it under gpt-oss.models.");
        }
    }

    /** Collects what a model needs. */
    public static final class Builder {

        private final EngineSource engines;
        private GptOssChatOptions options = GptOssChatOptions.builder().build();
        private Clock clock = Clock.systemDefaultZone();
        private CallGuard guard = CallGuard.NONE;
        private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;
        private @Nullable ChatModelObservationConvention observationConvention;

        private Builder(EngineSource engines) {
            this.engines = engines;
        }

        /** Options of requests that bring none; their model is the name told in responses. */
        public Builder options(GptOssChatOptions options) {
            this.options = options;
            return this;
        }

        /** Tells the date of the system message. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Stands around every call and stream. */
        public Builder guard(CallGuard guard) {
            this.guard = guard;
            return this;
        }

        public Builder observationRegistry(ObservationRegistry registry) {
            observationRegistry = registry;
            return this;
        }

        public Builder observationConvention(@Nullable ChatModelObservationConvention convention) {
            observationConvention = convention;
            return this;
        }

        public GptOssChatModel build() {
            return new GptOssChatModel(this);
        }
    }
}
