package dev.gptoss.spring.test;

import dev.gptoss.engine.Engine;
import dev.gptoss.engine.EngineClosedException;
import dev.gptoss.engine.EngineStatistics;
import dev.gptoss.engine.Generation;
import dev.gptoss.engine.GenerationListener;
import dev.gptoss.engine.GenerationRequest;
import dev.gptoss.engine.ModelInfo;
import dev.gptoss.engine.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An engine without a model. It answers each request by the first rule that fits, else by the next reply in line, and
 * remembers what it was asked. What the real engine makes impossible (a call of an unknown tool, arguments that are no
 * JSON object, an answer that is no JSON where a schema is asked for) it refuses to say.
 *
 * <pre>{@code
 * ScriptedEngine engine = new ScriptedEngine()
 *         .reply(Reply.toolCall("weather", "{\"city\":\"Oslo\"}").withReasoning("The user asks about Oslo."))
 *         .reply(Reply.text("It is 4 degrees in Oslo."));
 * }</pre>
 */
public final class ScriptedEngine implements Engine {

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<GenerationRequest> requests = new ArrayList<>();
    private final Set<ScriptedGeneration> running = ConcurrentHashMap.newKeySet();
    private Usage totals = new Usage(0, 0, 0, 0);
    private long cancelled;
    private boolean closed;

    /** Adds a reply to the line. */
    public synchronized ScriptedEngine reply(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** Answers every request that fits, ahead of the line. */
    public ScriptedEngine when(Predicate<GenerationRequest> fits, Reply reply) {
        return when(fits, request -> reply);
    }

    /** Answers every request that fits by a function of it, ahead of the line. */
    public synchronized ScriptedEngine when(
            Predicate<GenerationRequest> fits, Function<GenerationRequest, Reply> reply) {
        rules.add(new Rule(fits, reply));
        return this;
    }

    /** What was asked, in order. */
    public synchronized List<GenerationRequest> requests() {
        return List.copyOf(requests);
    }

    /** What was asked last. */
    public synchronized GenerationRequest lastRequest() {
        if (requests.isEmpty()) {
            throw new IllegalStateException("The scripted engine was not asked anything yet.");
        }
        return requests.getLast();
    }

    /** Forgets replies, rules and requests. */
    public synchronized void reset() {
        replies.clear();
        rules.clear();
        requests.clear();
    }

    @Override
    public ModelInfo info() {
        return ScriptedModel.INFO;
    }

    @Override
    public Generation submit(GenerationRequest request) {
        return submit(request, null);
    }

    @Override
    public Generation submit(GenerationRequest request, @Nullable GenerationListener listener) {
        ScriptedGeneration generation;
        synchronized (this) {
            if (closed) {
                throw new EngineClosedException();
            }
            requests.add(request);
            Reply reply = replyTo(request);
            ScriptCheck.check(reply, request);
            generation = new ScriptedGeneration("scripted-" + requests.size(), reply, request, this::ended);
            running.add(generation);
        }
        if (listener != null) {
            Thread.ofVirtual().start(() -> generation.forEach(listener::onEvent));
        }
        return generation;
    }

    @Override
    public synchronized EngineStatistics statistics() {
        return new EngineStatistics(
                running.size(),
                0,
                64,
                0,
                0,
                totals.cached(),
                totals.prompt(),
                totals.completion(),
                0,
                0,
                0,
                0,
                cancelled);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List.copyOf(running).forEach(ScriptedGeneration::cancel);
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private Reply replyTo(GenerationRequest request) {
        for (Rule rule : rules) {
            if (rule.fits().test(request)) {
                return rule.reply().apply(request);
            }
        }
        Reply reply = replies.poll();
        if (reply == null) {
            throw new IllegalStateException("No reply is left for request " + requests.size()
                    + " of the scripted engine. Add one with reply(..) or when(..).");
        }
        return reply;
    }

    private synchronized void ended(ScriptedGeneration generation, Usage usage, boolean wasCancelled) {
        if (running.remove(generation)) {
            totals = new Usage(
                    totals.prompt() + usage.prompt(),
                    totals.cached() + usage.cached(),
                    totals.reasoning() + usage.reasoning(),
                    totals.completion() + usage.completion());
            cancelled += wasCancelled ? 1 : 0;
        }
    }

    private record Rule(Predicate<GenerationRequest> fits, Function<GenerationRequest, Reply> reply) {}
}
