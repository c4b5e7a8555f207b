package io.github.dl4jprune.adversarial;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import io.github.dl4jprune.training.OutputHead;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** One run of {@link AdversarialPruning}: the copy and its masks against the discriminator. */
final class Game<N extends Model> {
    private static final IActivation IDENTITY = new ActivationIdentity();

    private final AdversarialPruning settings;
    private final ReadingMasks places;
    private final NetworkView<Model> teacher;
    private final NetworkView<N> weights;
    private final NetworkView<N> copy;
    private final NetworkView<N> slopes;
    private final INDArray velocity;
    private final INDArray trained;
    private final ThresholdSteps masks;
    private final Discriminator discriminator;
    private final AgreementLoss loss;

    /**
     * A game that is still to be played.
     *
     * @param network copied: once for its logits, once for the weights behind the masks, once for the copy that has them multiplied
     *     in, and once to hold slopes by the names of parameters
     * @param classes that it tells apart
     */
    Game(AdversarialPruning settings, NetworkView<N> network, ReadingMasks places, long classes) {
        this.settings = settings;
        this.places = places;
        this.teacher = NetworkView.of(OutputHead.logits((Model) network.model()));
        this.weights = network.copyWithoutListeners();
        this.copy = network.copyWithoutListeners();
        this.slopes = network.copyWithoutListeners();
        this.velocity = Nd4j.zerosLike(network.flatParameters());
        this.trained = trained(network);
        this.masks = new ThresholdSteps(initial(), places.spans());
        this.discriminator = new Discriminator(
                classes, network.dataType(), settings.learningRate(), settings.momentum(), settings.seed());
        this.loss = new AgreementLoss(settings.mu(), discriminator);
        OutputHead.of(copy.model()).replaceLoss(loss);
    }

    /** 1 for parameters that are trained, 0 for running statistics and frozen layers. */
    private INDArray trained(NetworkView<N> network) {
        slopes.flatParameters().assign(1);
        for (NetworkNode node : network.structure().nodes()) {
            slopes.parameters(node.name()).forEach((key, parameter) -> {
                if (RunningStatistics.include(key) || network.frozen(node.name())) {
                    parameter.assign(0);
                }
            });
        }
        return slopes.flatParameters().dup();
    }

    private double[] initial() {
        if (settings.maskDeviation() == 0) {
            double[] alike = new double[places.size()];
            Arrays.fill(alike, Math.max(0, settings.maskMean()));
            return alike;
        }
        SplittableRandom random = new SplittableRandom(settings.seed());
        return random.doubles(places.size())
                .map(draw -> Math.max(0, random.nextGaussian(settings.maskMean(), settings.maskDeviation())))
                .toArray();
    }

    void play(DataSetIterator data, AdversarialProgress progress) {
        int iteration = 0;
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            data.reset();
            while (data.hasNext()) {
                iteration++;
                double found = turn(data.next(), iteration);
                if (!Double.isFinite(found)) {
                    throw new IllegalStateException("loss of iteration " + iteration + " must be finite, got " + found
                            + "; lower the learning rate of " + settings.learningRate());
                }
                progress.iterationDone(iteration, epoch, found, open());
            }
        }
    }

    private double open() {
        return Arrays.stream(masks.masks()).filter(mask -> mask > 0).count() / (double) places.size();
    }

    private double turn(DataSet batch, int iteration) {
        try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray wanted = teacher.output(batch.getFeatures())[0];
            multiply(copy);
            INDArray gradient = copy.gradient(new org.nd4j.linalg.dataset.DataSet(
                    batch.getFeatures(), wanted, batch.getFeaturesMaskArray(), batch.getLabelsMaskArray()));
            slopes.flatParameters()
                    .assign(gradient.divi(batch.numExamples())
                            .reshape(slopes.flatParameters().shape()));
            double[] byMask = places.slopes(weights, slopes);
            double found = loss.computeScore(wanted, loss.lastLogits(), IDENTITY, null, true);
            discriminator.learn(wanted, loss.lastLogits());
            descend();
            if (iteration % settings.maskEvery() == 0) {
                masks.step(byMask, settings.learningRate(), settings.learningRate() * settings.lambda());
            }
            return found;
        }
    }

    /** Stochastic gradient descent on the weights behind the masks. */
    private void descend() {
        places.multiplyInto(slopes, masks.masks());
        INDArray step = slopes.flatParameters()
                .add(weights.flatParameters().mul(settings.weightDecay()))
                .muli(trained);
        velocity.muli(settings.momentum()).addi(step);
        weights.flatParameters().subi(velocity.mul(settings.learningRate()));
    }

    private void multiply(NetworkView<N> target) {
        target.flatParameters().assign(weights.flatParameters());
        places.multiplyInto(target, masks.masks());
    }

    /** The masks as they stand. */
    double[] values() {
        return masks.masks();
    }

    /** A network of full width with the masks multiplied in. */
    N masked() {
        NetworkView<N> result = slopes;
        multiply(result);
        return result.model();
    }
}
