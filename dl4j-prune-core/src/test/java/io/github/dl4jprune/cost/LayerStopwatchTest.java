package io.github.dl4jprune.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class LayerStopwatchTest {
    private static final InputType IMAGE = InputType.convolutional(6, 6, 4);
    private static final InputType SERIES = InputType.recurrent(4, 5, RNNFormat.NCW);

    static List<TimedLayer> layers() {
        return List.of(
                timed(new ConvolutionLayer.Builder(3, 3).nIn(4).nOut(4).build(), IMAGE),
                timed(new Deconvolution2D.Builder(3, 3).nIn(4).nOut(4).build(), IMAGE),
                timed(new SeparableConvolution2D.Builder(3, 3).nIn(4).nOut(4).build(), IMAGE),
                timed(new FrozenLayer(new DenseLayer.Builder().nIn(4).nOut(4).build()), InputType.feedForward(4)),
                timed(new OutputLayer.Builder().nIn(4).nOut(4).build(), InputType.feedForward(4)),
                timed(new LSTM.Builder().nIn(4).nOut(4).build(), SERIES),
                timed(new Bidirectional(new LSTM.Builder().nIn(4).nOut(4).build()), SERIES),
                timed(new LastTimeStep(new SimpleRnn.Builder().nIn(4).nOut(4).build()), SERIES),
                timed(new RnnOutputLayer.Builder().nIn(4).nOut(4).build(), SERIES),
                timed(new Convolution1DLayer.Builder(3).nIn(4).nOut(4).build(), SERIES),
                timed(
                        new Convolution3D.Builder(3, 3, 3).nIn(4).nOut(4).build(),
                        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 4, 4, 4)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void every_kind_of_layer_runs_at_other_widths(TimedLayer layer) {
        double millis = new LayerStopwatch(2, DataType.FLOAT).millis(layer, 3, 5);

        assertThat(millis).isPositive();
    }

    @Test
    void units_of_a_depthwise_convolution_follow_its_channels() {
        TimedLayer layer = timed(
                new DepthwiseConvolution2D.Builder(3, 3)
                        .nIn(4)
                        .nOut(8)
                        .depthMultiplier(2)
                        .build(),
                IMAGE);

        double millis = new LayerStopwatch(2, DataType.DOUBLE).millis(layer, 3, 6);

        assertThat(layer.unitsPerInput()).isEqualTo(2);
        assertThat(millis).isPositive();
    }

    @Test
    void the_shortest_run_counts_and_enough_time_ends_it() {
        AtomicInteger calls = new AtomicInteger();
        // three runs to warm up, then 20, 9, 20, 20, 20 ms
        LongSupplier clock = () -> {
            int call = calls.getAndIncrement();
            return call % 2 == 0 ? 0 : call == 9 ? 9_000_000L : 20_000_000L;
        };

        double millis = new LayerStopwatch(1, DataType.FLOAT, clock).millis(layers().get(0), 2, 2);

        assertThat(millis).isEqualTo(9);
        assertThat(calls.get()).isEqualTo(2 * (3 + 5));
    }

    @Test
    void the_global_generator_is_not_touched() {
        TimedLayer layer = layers().get(0);
        Nd4j.getRandom().setSeed(5);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(5);

        double millis = new LayerStopwatch(1, DataType.FLOAT).millis(layer, 2, 2);

        assertThat(millis).isPositive();
        assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
    }

    @Test
    void a_batch_has_an_example() {
        assertThatThrownBy(() -> new LayerStopwatch(0, DataType.FLOAT)).hasMessage("batch must be at least 1, got 0");
    }

    /** With DL4J's defaults filled in, as in a network. */
    private static TimedLayer timed(Layer layer, InputType read) {
        Layer complete = new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer)
                .validateOutputLayerConfig(false)
                .build()
                .getConf(0)
                .getLayer();
        return new TimedLayer(complete, read);
    }
}
