package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures are drawn for all 500 seeds of a full run; the networks are not made. */
class RuleCoverageTest {
    private static final int NETWORKS = 500;
    private static final Map<String, Integer> COUNTS = new TreeMap<>();
    private static int joined;

    @BeforeAll
    static void draw() {
        NetworkOptions options = NetworkOptions.defaults();
        for (long seed = 0; seed < NETWORKS; seed++) {
            var features = RandomNetworks.features(seed, options);
            features.forEach(feature -> COUNTS.merge(feature, 1, Integer::sum));
            boolean joins = features.stream().anyMatch(name -> name.equals("Merge") || name.startsWith("ElementWise-"));
            joined += joins ? 1 : 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Convolution1D",
                "Convolution",
                "Convolution-channels-last",
                "Convolution3D",
                "Deconvolution2D",
                "SeparableConvolution2D",
                "DepthwiseConvolution2D",
                "DepthwiseConvolution2D-multiplied",
                "Dense",
                "Output",
                "RnnOutput",
                "RnnLoss",
                "Loss",
                "CnnLoss",
                "Cnn3DLoss",
                "CenterLossOutput",
                "Yolo2Output",
                "BatchNormalization-CNN",
                "BatchNormalization-FF",
                "BatchNormalization-locked",
                "BatchNormalization-logStd",
                "BatchNormalization-var",
                "PReLU-full",
                "PReLU-shared",
                "LSTM",
                "GravesLSTM",
                "SimpleRnn",
                "Bidirectional-CONCAT",
                "Bidirectional-ADD",
                "Bidirectional-MUL",
                "Bidirectional-AVERAGE",
                "LastTimeStep",
                "LastTimeStep-Bidirectional",
                "Embedding",
                "EmbeddingSequence",
                "ElementWiseMultiplication",
                "LocallyConnected2D",
                "SelfAttention",
                "Frozen",
                "FrozenLayerWithBackprop",
                "Activation",
                "Subsampling-MAX",
                "Subsampling-AVG",
                "Subsampling-PNORM",
                "Subsampling1D",
                "Subsampling3D",
                "GlobalPooling-CNN",
                "GlobalPooling-RNN",
                "GlobalPooling-CNN3D",
                "GlobalPooling-PNORM",
                "Upsampling1D",
                "Upsampling2D",
                "Upsampling3D",
                "ZeroPadding",
                "ZeroPadding1D",
                "ZeroPadding3D",
                "Cropping2D",
                "Cropping1D",
                "Cropping3D",
                "SpaceToDepth",
                "LocalResponseNormalization",
                "Dense-layer-norm",
                "Softmax-inside",
                "Deconvolution3D"
            })
    void every_layer_is_met_ten_times(String feature) {
        assertThat(COUNTS.getOrDefault(feature, 0)).as(COUNTS.toString()).isGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ElementWise-Add",
                "ElementWise-Subtract",
                "ElementWise-Product",
                "ElementWise-Average",
                "ElementWise-Max",
                "Broadcast",
                "Merge",
                "Subset",
                "Stack",
                "Unstack",
                "Scale",
                "Shift",
                "L2Normalize",
                "PoolHelper",
                "Preprocessor",
                "LastTimeStep",
                "DuplicateToTimeSeries",
                "ReverseTimeSeries",
                "Reshape",
                "Multi-input",
                "Multi-output"
            })
    void every_vertex_is_met_ten_times(String feature) {
        assertThat(COUNTS.getOrDefault(feature, 0)).as(COUNTS.toString()).isGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CnnToFeedForward", "CnnToFeedForward-channels-last", "FeedForwardToCnn", "CnnToRnn", "RnnToCnn",
                "RnnToFeedForward", "FeedForwardToRnn", "Cnn3DToFeedForward", "NHWC", "NWC"
            })
    void every_preprocessor_and_layout_is_met_ten_times(String feature) {
        assertThat(COUNTS.getOrDefault(feature, 0)).as(COUNTS.toString()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void half_of_the_networks_sum_or_concatenate() {
        assertThat(joined).isGreaterThanOrEqualTo(NETWORKS / 2);
    }
}
