package io.github.dl4jprune.adversarial;

import io.github.dl4jprune.training.LogitLoss;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The copy's loss, {@code mu |t - s|^2 / K - log D(s)} for an example with the teacher's logits t as its label. It is applied to
 * logits; the output layer's own activation function plays no part.
 */
final class AgreementLoss implements LogitLoss {
    private static final long serialVersionUID = 1L;

    private final double mu;
    private final transient Discriminator discriminator;
    private transient INDArray lastLogits = Nd4j.empty();

    AgreementLoss(double mu, Discriminator discriminator) {
        this.mu = mu;
        this.discriminator = discriminator;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray exampleMask) {
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray apart = labels.sub(logits);
            INDArray scores =
                    apart.muli(apart).sum(true, 1).muli(mu / logits.size(1)).addi(discriminator.losses(logits.dup()));
            return LogitLoss.masked(scores, exampleMask);
        }
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray logits, IActivation activation, @Nullable INDArray exampleMask) {
        // the workspaces of the pass close behind it
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            lastLogits = logits.dup();
            INDArray slopes = logits.sub(labels).muli(2 * mu / logits.size(1)).addi(discriminator.slopes(lastLogits));
            return LogitLoss.masked(slopes, exampleMask);
        }
    }

    /** What the last gradient was asked for, [examples, classes]. */
    INDArray lastLogits() {
        return lastLogits;
    }

    @Override
    public String name() {
        return "agreement and discriminator";
    }
}
