package io.github.dl4jprune.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.onnx.Agreement;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's zoo in ONNX Runtime, with weights that let the outputs tell something; without the last softmax, which hides. */
class ZooExportTest {
    @ParameterizedTest
    @EnumSource(
            value = ZooNetwork.class,
            names = {"LENET", "SIMPLE_CNN", "SQUEEZE_NET", "TEXT_GENERATION_LSTM"})
    void small_models_agree(ZooNetwork which) {
        assertAgreement(which);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(ZooNetwork.class)
    void all_models_agree(ZooNetwork which) {
        assertAgreement(which);
    }

    private static void assertAgreement(ZooNetwork which) {
        Model model = which.build(ZooRun.SEED);
        NetworkView<Model> view = NetworkView.of(model);
        RandomWeights.liven(view, ZooRun.SEED, which.sigmoidGain());
        InputTypes types = InputTypes.of(view.structure(), List.of(which.inputShape()));
        INDArray[] examples = ExampleInputs.random(view, types, 2, ZooRun.SEED);
        ZooRun.exposeOutputs(view);
        calmBoxes(view, examples);

        Agreement.check(model, examples);

        assertThat(view.output(examples)[0].amaxNumber().doubleValue()).isPositive();
    }

    /** Boxes are exponentials of what the convolution before them puts out: that is brought down to at most 3. */
    private static void calmBoxes(NetworkView<Model> view, INDArray... examples) {
        for (String output : view.structure().outputs()) {
            NetworkNode node = view.structure().node(output);
            if (node.content() instanceof LayerContent content && content.layer() instanceof Yolo2OutputLayer) {
                String before = node.inputs().get(0);
                INDArray activation =
                        Objects.requireNonNull(view.activations(examples).get(before));
                double largest = activation.amaxNumber().doubleValue();
                view.parameters(before).values().forEach(values -> values.muli(3 / largest));
            }
        }
    }
}
