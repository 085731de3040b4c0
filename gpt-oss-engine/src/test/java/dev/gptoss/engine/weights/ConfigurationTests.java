package dev.gptoss.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gptoss.engine.weights.tensor.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards every spelling of a configuration. */
class ConfigurationTests {
    private static final String SIZES = """
            "num_hidden_layers":3,"hidden_size":160,"intermediate_size":96,"num_attention_heads":6,
            "num_key_value_heads":3,"head_dim":48,"vocab_size":320,"sliding_window":9""";

    @TempDir
    Path folder;

    @Test
    void ropeParametersOfNewerConvertersAreRead() throws IOException {
        ModelConfig config = read(SIZES + """
                ,"num_local_experts":7,"num_experts_per_tok":3,"max_position_embeddings":9000,"swiglu_alpha":1.5,
                "swiglu_limit":5.0,"rms_norm_eps":1e-6,
                "layer_types":["full_attention","sliding_attention","full_attention"],
                "rope_parameters":{"rope_type":"yarn","rope_theta":10000.0,"factor":8.0,"beta_fast":16.0,"beta_slow":2.0,
                "original_max_position_embeddings":512,"truncate":true,"attention_factor":null}""");
        assertThat(config.rope()).isEqualTo(new RopeConfig(10_000, 8, 16, 2, 512, true));
        assertThat(config.layerTypes())
                .isEqualTo(List.of(LayerType.FULL_ATTENTION, LayerType.SLIDING_ATTENTION, LayerType.FULL_ATTENTION));
        assertThat(config.headDim()).isEqualTo(48);
        assertThat(config.expertsPerToken()).isEqualTo(3);
        assertThat(config.maxContext()).isEqualTo(9000);
        assertThat(config.swigluAlpha()).isEqualTo(1.5f);
        assertThat(config.swigluLimit()).isEqualTo(5);
        assertThat(config.rmsNormEps()).isEqualTo(1e-6f);
    }

    @Test
    void ropeScalingBesideThetaIsRead() throws IOException {
        ModelConfig config = read(SIZES + """
                ,"num_local_experts":7,"experts_per_token":2,"max_position_embeddings":4096,"rope_theta":150000,
                "rope_scaling":{"rope_type":"yarn","factor":16.0,"original_max_position_embeddings":256,"truncate":false}""");
        assertThat(config.rope()).isEqualTo(new RopeConfig(150_000, 16, 32, 1, 256, false));
        assertThat(config.expertsPerToken()).isEqualTo(2);
        assertThat(config.slides(0)).isTrue();
        assertThat(config.slides(1)).isFalse();
    }

    @Test
    void ropeWithoutScalingIsAFactorOfOne() throws IOException {
        ModelConfig config = read(SIZES + """
                ,"num_local_experts":7,"experts_per_token":2,"max_position_embeddings":4096,"rope_scaling":null""");
        assertThat(config.rope().factor()).isEqualTo(1);
        assertThat(config.rope().originalContext()).isEqualTo(4096);
    }

    @Test
    void originalConfigurationFillsInWhatEarlyCopiesLack() throws IOException {
        ModelConfig config = read(SIZES + """
                ,"num_experts":7,"swiglu_limit":7.0,"initial_context_length":1024,"rope_theta":150000,
                "rope_scaling_factor":4.0,"rope_ntk_alpha":1,"rope_ntk_beta":32""");
        assertThat(config.expertsPerToken()).isEqualTo(4);
        assertThat(config.rope()).isEqualTo(new RopeConfig(150_000, 4, 32, 1, 1024, false));
        assertThat(config.maxContext()).isEqualTo(4096);
    }

    @Test
    void sizesAreNeverAssumed() {
        assertThatThrownBy(() -> read("\"num_experts\":7"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll("config.json", "lacks num_hidden_layers");
    }

    @Test
    void scalingOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> read(SIZES + """
                ,"num_local_experts":7,"max_position_embeddings":4096,"rope_scaling":{"rope_type":"linear","factor":2.0}"""))
                .isInstanceOf(WeightsException.class)
                .hasMessageContainingAll("rope_scaling.rope_type", "yarn", "linear");
    }

    private ModelConfig read(String keys) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, "{" + keys + "}");
        return ModelConfig.read(file);
    }
}
