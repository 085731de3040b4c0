package dev.gptoss.spring.autoconfigure;

import dev.gptoss.engine.EngineOptions;
import dev.gptoss.engine.compute.DenseWeights;
import dev.gptoss.engine.compute.KvType;
import dev.gptoss.engine.compute.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.StringUtils;

/** Which models are loaded and how they compute. */
@ConfigurationProperties(GptOssProperties.PREFIX)
public class GptOssProperties {

    /** Root of all keys. */
    public static final String PREFIX = "gpt-oss";

    /** Name of the model's chat beans as a value of spring.ai.model.chat. */
    public static final String SELECTOR = "gpt-oss";

    /** Model to load: a path, a file: or classpath: location of a folder or GGUF file, or a Hugging Face name. */
    private @Nullable String model;

    /** Further models, by name. */
    private final Map<String, NamedModel> models = new LinkedHashMap<>();

    /** When models are loaded. */
    private Loading loading = Loading.BACKGROUND;

    /** How long a call waits for a model that is still being loaded. */
    private Duration loadWait = Duration.ofSeconds(30);

    /** Most tokens of a conversation and its answer together; 0 leaves it to the engine. */
    private int contextLength;

    /** Threads that compute; 0 for one per physical core. */
    private int threads;

    /** How the model is computed: auto, vector, scalar or reference. */
    private String backend = "auto";

    /** How activations and the cache are held: fast, or exact for bit-equal results across machines. */
    private Precision precision = Precision.FAST;

    /** How attention and head are held in fast precision where the file has 16 or 32 bits: auto, q8-0, or as-stored. */
    private DenseWeights denseWeights = DenseWeights.AUTO;

    /** How keys and values of a context are held in fast precision: f16, or f32 in twice the memory. */
    private KvType kvType = KvType.F16;

    /** Folder that keeps packed weights, as large as the model, so that the next start need not pack; none if empty. */
    private @Nullable Path packedCache;

    /** Most requests computed at a time. */
    private int concurrency = 1;

    /** Most requests that wait; more are rejected. */
    private int queueLimit = 64;

    /** Whether to refuse to start without the vector module, which makes the model several times faster. */
    private boolean requireVector;

    @NestedConfigurationProperty
    private final GptOssChatProperties chat = new GptOssChatProperties();

    private final Tools tools = new Tools();

    EngineOptions engineOptions(Path path) {
        return EngineOptions.of(path)
                .withBackend(backend)
                .withPrecision(precision)
                .withDenseWeights(denseWeights)
                .withKvType(kvType)
                .withPackedCache(packedCache)
                .withThreads(threads)
                .withContextLength(contextLength)
                .withSequences(concurrency)
                .withQueueLimit(queueLimit);
    }

    /** Defaults of the model that injection by type gives: that of {@code gpt-oss.model}, else the first by name. */
    GptOssChatProperties chatOfDefault() {
        return StringUtils.hasText(model) || models.isEmpty()
                ? chat
                : models.values().iterator().next().getChat();
    }

    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
    }

    public Map<String, NamedModel> getModels() {
        return models;
    }

    public Loading getLoading() {
        return loading;
    }

    public void setLoading(Loading loading) {
        this.loading = loading;
    }

    public Duration getLoadWait() {
        return loadWait;
    }

    public void setLoadWait(Duration loadWait) {
        this.loadWait = loadWait;
    }

    public int getContextLength() {
        return contextLength;
    }

    public void setContextLength(int contextLength) {
        this.contextLength = contextLength;
    }

    public int getThreads() {
        return threads;
    }

    public void setThreads(int threads) {
        this.threads = threads;
    }

    public String getBackend() {
        return backend;
    }

    public void setBackend(String backend) {
        this.backend = backend;
    }

    public Precision getPrecision() {
        return precision;
    }

    public void setPrecision(Precision precision) {
        this.precision = precision;
    }

    public DenseWeights getDenseWeights() {
        return denseWeights;
    }

    public void setDenseWeights(DenseWeights denseWeights) {
        this.denseWeights = denseWeights;
    }

    public KvType getKvType() {
        return kvType;
    }

    public void setKvType(KvType kvType) {
        this.kvType = kvType;
    }

    public @Nullable Path getPackedCache() {
        return packedCache;
    }

    public void setPackedCache(@Nullable Path packedCache) {
        this.packedCache = packedCache == null || packedCache.toString().isEmpty() ? null : packedCache;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getQueueLimit() {
        return queueLimit;
    }

    public void setQueueLimit(int queueLimit) {
        this.queueLimit = queueLimit;
    }

    public boolean isRequireVector() {
        return requireVector;
    }

    public void setRequireVector(boolean requireVector) {
        this.requireVector = requireVector;
    }

    public GptOssChatProperties getChat() {
        return chat;
    }

    public Tools getTools() {
        return tools;
    }

    /** When models are loaded. */
    public enum Loading {

        /** While the application starts and after; it is ready once they are. */
        BACKGROUND,

        /** Before the application starts; a model that cannot be loaded keeps it from starting. */
        EAGER
    }

    /** One of several models. */
    public static class NamedModel {

        /** Model to load: a path, a file: or classpath: location of a folder or GGUF file, or a Hugging Face name. */
        private @Nullable String model;

        @NestedConfigurationProperty
        private final GptOssChatProperties chat = new GptOssChatProperties();

        public @Nullable String getModel() {
            return model;
        }

        public void setModel(@Nullable String model) {
            this.model = model;
        }

        public GptOssChatProperties getChat() {
            return chat;
        }
    }

    /** How tools are found and run. */
    public static class Tools {

        /** Whether every bean with tool methods is offered to the model. */
        private boolean discovery = true;

        /** Whether several calls of one answer run at the same time, each on a virtual thread. */
        private boolean concurrent;

        public boolean isDiscovery() {
            return discovery;
        }

        public void setDiscovery(boolean discovery) {
            this.discovery = discovery;
        }

        public boolean isConcurrent() {
            return concurrent;
        }

        public void setConcurrent(boolean concurrent) {
            this.concurrent = concurrent;
        }
    }
}
