package io.github.dl4jprune.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Random networks in ONNX Runtime: every other one in DOUBLE, the rest in FLOAT. */
class RandomNetworksExportTest {
    private static final int NETWORKS = Boolean.getBoolean("dl4jprune.full") ? 300 : 30;

    @Test
    void onnx_runtime_computes_what_dl4j_does() {
        List<String> failures = new ArrayList<>();
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);
            try {
                if (seed % 2 == 0) {
                    Agreement.check(random.network(), random.inputs());
                } else {
                    Agreement.check(inFloat(random.network()), inFloat(random.inputs()));
                }
            } catch (AssertionError | IllegalStateException | IllegalArgumentException e) {
                failures.add(random.description() + "\n" + e);
            }
        }
        assertThat(failures).as("%d of %d", failures.size(), NETWORKS).isEmpty();
    }

    private static Model inFloat(Model network) {
        return network instanceof MultiLayerNetwork layers
                ? layers.convertDataType(DataType.FLOAT)
                : ((ComputationGraph) network).convertDataType(DataType.FLOAT);
    }

    private static INDArray[] inFloat(INDArray... arrays) {
        return Arrays.stream(arrays).map(array -> array.castTo(DataType.FLOAT)).toArray(INDArray[]::new);
    }
}
