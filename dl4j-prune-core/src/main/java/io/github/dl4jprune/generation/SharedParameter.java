package io.github.dl4jprune.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter that is the same at all widths, trained or not. */
record SharedParameter(Momentum weights, boolean trained) implements ParameterSource {
    @Override
    public INDArray values(List<Integer> entries) {
        return weights.value;
    }

    @Override
    public void learn(List<Integer> entries, INDArray gradient, double rate, PruningNetTraining training) {
        if (trained) {
            weights.step(gradient, rate, training);
        }
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        if (trained) {
            weights.write(out);
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        if (trained) {
            weights.read(in);
        }
    }
}
