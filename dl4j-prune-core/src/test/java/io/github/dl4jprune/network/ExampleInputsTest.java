package io.github.dl4jprune.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExampleInputsTest {
    @Test
    void a_series_of_any_length_gets_ten_steps() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nOut(3).build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(4))
                .build());
        network.init();
        NetworkView<MultiLayerNetwork> view = NetworkView.of(network);

        INDArray[] inputs =
                ExampleInputs.random(view, InputTypes.of(view.structure(), List.of(new long[] {4, -1})), 2, 1);

        assertThat(inputs[0].shape()).containsExactly(2, 4, 10);
        assertThat(view.output(inputs)[0].shape()).containsExactly(2, 2, 10);
    }
}
