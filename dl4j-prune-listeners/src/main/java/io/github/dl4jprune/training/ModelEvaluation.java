package io.github.dl4jprune.training;

import java.util.Arrays;
import java.util.BitSet;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What one pass over labelled data says about a classifier.
 *
 * @param examples how many examples were seen, {@code >= 1}
 * @param accuracy share of examples whose largest output is at the label's class (the first of equal outputs), in
 *     [0, 1]
 * @param loss mean over the examples of the network's own loss, without regularisation; cross-entropy for a network
 *     that ends without a loss
 * @param correct bit {@code i} is set where example {@code i}, in the iterator's order, was classified correctly
 */
public record ModelEvaluation(int examples, double accuracy, double loss, BitSet correct) {

    /** Keeps its own copy of the bits. */
    public ModelEvaluation {
        correct = (BitSet) correct.clone();
    }

    /** A copy, free to change. */
    @Override
    public BitSet correct() {
        return (BitSet) correct.clone();
    }

    /**
     * Evaluates a network: one inference pass a batch, from which both the classes and the loss are taken.
     *
     * @param model a MultiLayerNetwork, or a ComputationGraph with one input and one output; not changed
     * @param data labelled examples, labels {@code [examples, classes]}; reset first where it can be
     * @return accuracy and mean loss
     * @throws IllegalArgumentException if there are no examples, or outputs and labels are not both
     *     {@code [examples, classes]}
     */
    public static ModelEvaluation of(Model model, DataSetIterator data) {
        Network network = Network.of(model);
        OutputHead head = OutputHead.of(network);
        Network logits = OutputHead.logits(network);
        if (data.resetSupported()) {
            data.reset();
        }
        BitSet correct = new BitSet();
        int examples = 0;
        double loss = 0;
        while (data.hasNext()) {
            DataSet batch = data.next();
            INDArray outputs = logits.output(batch);
            INDArray labels = batch.getLabels();
            requireClasses(outputs, labels);
            mark(correct, examples, outputs, labels);
            loss += loss(head, outputs, labels, batch.getLabelsMaskArray());
            examples += (int) outputs.size(0);
        }
        if (examples == 0) {
            throw new IllegalArgumentException("evaluation data must hold at least one example, got none");
        }
        return new ModelEvaluation(examples, correct.cardinality() / (double) examples, loss / examples, correct);
    }

    private static void requireClasses(INDArray outputs, INDArray labels) {
        if (outputs.rank() != 2 || !outputs.equalShapes(labels)) {
            throw new IllegalArgumentException("outputs and labels must both be [examples, classes], got "
                    + Arrays.toString(outputs.shape()) + " and "
                    + Arrays.toString(labels.shape()));
        }
    }

    private static void mark(BitSet correct, int offset, INDArray outputs, INDArray labels) {
        long[] predicted = outputs.argMax(1).toLongVector();
        long[] actual = labels.argMax(1).toLongVector();
        for (int i = 0; i < predicted.length; i++) {
            correct.set(offset + i, predicted[i] == actual[i]);
        }
    }

    private static double loss(OutputHead head, INDArray outputs, INDArray labels, @Nullable INDArray mask) {
        ILossFunction function = head.loss();
        IActivation activation = head.activation();
        INDArray scores = function != null && activation != null
                ? function.computeScoreArray(labels, outputs, activation, mask)
                // softmax(log p) = p, and DL4J's own clipping at 1e-10 applies
                : new LossMCXENT()
                        .computeScoreArray(
                                labels,
                                Transforms.log(Transforms.max(outputs, Float.MIN_NORMAL, true), false),
                                new ActivationSoftmax(),
                                mask);
        return scores.sumNumber().doubleValue();
    }
}
