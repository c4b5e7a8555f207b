package io.github.dl4jprune.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One array under gradient descent with momentum: {@code v = m v + g + decay w}, then {@code w = w - rate v}.
 */
final class Momentum {
    final INDArray value;
    private final INDArray velocity;

    Momentum(INDArray value) {
        this.value = value;
        this.velocity = value.ulike().assign(0);
    }

    /** One step; the gradient is left untouched. */
    void step(INDArray gradient, double rate, PruningNetTraining training) {
        velocity.muli(training.momentum()).addi(gradient);
        if (training.weightDecay() > 0) {
            velocity.addi(value.mul(training.weightDecay()));
        }
        value.subi(velocity.mul(rate));
    }

    void write(DataOutputStream out) throws IOException {
        Nd4j.write(value, out);
    }

    void read(DataInputStream in) throws IOException {
        value.assign(Nd4j.read(in));
    }
}
