package io.github.dl4jprune.training;

import java.util.Objects;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Knowledge distillation: the network learns from the labels and from the softened output of a teacher, usually the
 * network before pruning. With the student's logits {@code z}, the teacher's {@code v}, the label distribution
 * {@code y}, temperature {@code T} and weight {@code a}, the loss of one example is
 * <pre>
 * L     = a T^2 KL(softmax(v / T) || softmax(z / T)) + (1 - a) CE(y, softmax(z))
 * dL/dz = a T (softmax(z / T) - softmax(v / T))      + (1 - a) (softmax(z) - y)
 * </pre>
 * The gradient is that of Hinton et al., who write a cross-entropy in place of the divergence; the two differ by the
 * teacher's entropy, a constant, and the divergence is zero where the student agrees. {@code T^2} keeps both terms at
 * the same scale whatever the temperature. At {@code T = 1} the gradient is that of cross-entropy against the labels
 * {@code a softmax(v) + (1 - a) y}.
 *
 * <p>Both networks must end in a softmax; the student's loss must be cross-entropy with equal class weights. The
 * teacher sees the very batch the student is given (augmented alike) and costs one inference pass a batch, run on the
 * thread that prefetches the data.
 *
 * @param teacher a MultiLayerNetwork or a ComputationGraph, not changed
 * @param weight share of the teacher in the loss, in [0, 1]
 * @param temperature {@code T > 0}; higher values show more of what the teacher thinks of the wrong classes
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton, Vinyals and Dean (2015), section 2</a>
 */
public record Distillation(Model teacher, double weight, double temperature) {
    /** 0.9, as in the comparison of Tian et al., "Contrastive Representation Distillation", ICLR 2020. */
    public static final double DEFAULT_WEIGHT = 0.9;
    /** 4, from the same comparison. */
    public static final double DEFAULT_TEMPERATURE = 4;

    /** Checks the ranges and that the teacher ends in a softmax. */
    public Distillation {
        Objects.requireNonNull(teacher, "teacher");
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("distillation weight must be in [0, 1], got " + weight);
        }
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "distillation temperature must be positive and finite, got " + temperature);
        }
        OutputHead.of(Network.of(teacher)).requireSoftmax("teacher");
    }

    /**
     * Distillation with {@link #DEFAULT_WEIGHT} and {@link #DEFAULT_TEMPERATURE}.
     *
     * @param teacher a MultiLayerNetwork or a ComputationGraph that ends in a softmax
     */
    public Distillation(Model teacher) {
        this(teacher, DEFAULT_WEIGHT, DEFAULT_TEMPERATURE);
    }

    /** Puts the distillation loss into the student and gives back the one it replaced. */
    ILossFunction begin(OutputHead student) {
        ILossFunction replaced = student.requireCrossEntropy("network");
        student.replaceLoss(new DistillationLoss(weight, temperature));
        return replaced;
    }

    /** The same batches, whose labels carry the teacher's opinion behind the true ones. */
    DataSetIterator teach(DataSetIterator batches) {
        return new TaughtIterator(batches, opinion());
    }

    /** What the teacher thinks of the examples of a batch: its softened output, one row each. */
    Function<DataSet, INDArray> opinion() {
        Network logits = OutputHead.logits(Network.of(teacher));
        return batch -> softened(logits.output(batch));
    }

    private INDArray softened(INDArray logits) {
        return Transforms.softmax(logits.divi(temperature), false);
    }
}
