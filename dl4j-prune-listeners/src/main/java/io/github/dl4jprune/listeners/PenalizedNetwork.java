package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.listeners.Penalty.GroupLasso;
import io.github.dl4jprune.listeners.Penalty.GrowingRegularization;
import io.github.dl4jprune.listeners.Penalty.ProximalScale;
import io.github.dl4jprune.listeners.Penalty.Slimming;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.ChannelSelector;
import io.github.dl4jprune.selection.SelectionRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Where a penalty bears on one network. Knows the structure, not the network, so that it does not keep it alive. */
final class PenalizedNetwork {
    private static final String SCALE = "gamma";

    private final Penalty penalty;
    private final ChannelGraph graph;
    private final List<Place> scales;
    private final List<Place> filters;
    private final Optional<ChannelMask> fading;
    private int iterations;

    /** A parameter in the flat vector; {@code axis} runs over the channels. */
    private record Place(String node, long start, long length, char order, long[] shape, int axis, int[] ids) {
        INDArray in(INDArray flat) {
            return flat.reshape(flat.length())
                    .get(NDArrayIndex.interval(start, start + length))
                    .reshape(order, shape);
        }

        /** One value a channel, shaped to spread over the parameter. */
        INDArray spread(double[] values, INDArray like) {
            long[] wide = new long[shape.length];
            Arrays.fill(wide, 1);
            wide[axis] = values.length;
            return Nd4j.createFromArray(values).castTo(like.dataType()).reshape(wide);
        }

        int[] others() {
            return IntStream.range(0, shape.length).filter(i -> i != axis).toArray();
        }
    }

    PenalizedNetwork(Penalty penalty, Model model) {
        NetworkView<Model> network = NetworkView.of(model);
        this.penalty = penalty;
        this.graph = ChannelGraph.of(network);
        this.scales = places(network, axis -> axis.key().equals(SCALE));
        Set<String> producers = Set.copyOf(graph.producers());
        this.filters = places(
                network,
                axis -> axis.side() == ParameterAxis.Side.OUTPUT
                        && producers.contains(axis.node())
                        && Arrays.stream(axis.ids()).anyMatch(this::removable));
        boolean needsScales = penalty instanceof Slimming || penalty instanceof ProximalScale;
        if (needsScales ? scales.isEmpty() : graph.groups().isEmpty()) {
            throw new IllegalArgumentException("network must have "
                    + (needsScales ? "batch normalisations with trained gamma" : "channels that can be removed")
                    + " for " + penalty + ", got none");
        }
        this.fading = penalty instanceof GrowingRegularization growing
                ? Optional.of(new ChannelSelector(network, graph)
                        .select(
                                SelectionRequest.uniform(growing.sparsity()),
                                growing.criterion(),
                                null,
                                ChannelMask.none(graph))
                        .mask())
                : Optional.empty();
    }

    private boolean removable(int id) {
        return id != ParameterAxis.FIXED && graph.pin(graph.classOf(id)).isEmpty();
    }

    private List<Place> places(NetworkView<Model> network, java.util.function.Predicate<ParameterAxis> wanted) {
        long base = network.flatParameters().offset();
        return graph.axes().stream()
                .filter(wanted)
                .filter(axis -> !network.frozen(axis.node()))
                .flatMap(axis ->
                        Optional.ofNullable(network.parameters(axis.node()).get(axis.key()))
                                .filter(parameter -> axis.key().equals(SCALE) || parameter.rank() > 1)
                                .map(parameter -> new Place(
                                        axis.node(),
                                        parameter.offset() - base,
                                        parameter.length(),
                                        parameter.ordering(),
                                        parameter.shape(),
                                        axis.in(parameter),
                                        axis.ids()))
                                .stream())
                .toList();
    }

    synchronized void addGradient(Model model) {
        INDArray parameters = model.params();
        INDArray gradients = model.getGradientsViewArray();
        double examples = minibatch(model) ? model.batchSize() : 1;
        if (penalty instanceof Slimming slimming) {
            for (Place place : scales) {
                place.in(gradients)
                        .addi(Transforms.sign(place.in(parameters), true).muli(slimming.strength() * examples));
            }
        } else if (penalty instanceof GroupLasso lasso) {
            double[] norms = norms(parameters);
            addScaled(
                    gradients,
                    parameters,
                    id -> norms[graph.classOf(id)] == 0 ? 0 : lasso.strength() * examples / norms[graph.classOf(id)]);
        } else if (penalty instanceof GrowingRegularization growing) {
            double factor = growing.factor(iterations) * examples;
            addScaled(gradients, parameters, id -> fading.orElseThrow().prunes(id) ? factor : 0);
        }
    }

    /** Adds every filter times a factor of its channel. */
    private void addScaled(INDArray gradients, INDArray parameters, java.util.function.IntToDoubleFunction factor) {
        for (Place place : filters) {
            double[] factors = Arrays.stream(place.ids())
                    .mapToDouble(id -> removable(id) ? factor.applyAsDouble(id) : 0)
                    .toArray();
            INDArray weights = place.in(parameters);
            place.in(gradients).addi(weights.mul(place.spread(factors, weights)));
        }
    }

    /** Euclidean length of all the weights that make each class of channels. */
    private double[] norms(INDArray parameters) {
        double[] squares = new double[graph.size()];
        for (Place place : filters) {
            INDArray weights = place.in(parameters);
            double[] own = weights.mul(weights).sum(place.others()).toDoubleVector();
            for (int i = 0; i < own.length; i++) {
                if (place.ids()[i] != ParameterAxis.FIXED) {
                    squares[graph.classOf(place.ids()[i])] += own[i];
                }
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    synchronized void updated(Model model) {
        iterations++;
        if (penalty instanceof ProximalScale ista) {
            for (Place place : scales) {
                double threshold =
                        ista.learningRate() * ista.strength() * ista.costs().getOrDefault(place.node(), 1.0);
                INDArray scale = place.in(model.params());
                INDArray sign = Transforms.sign(scale, true);
                scale.assign(Transforms.max(Transforms.abs(scale, true).subi(threshold), 0, false)
                        .muli(sign));
            }
        }
    }

    private static boolean minibatch(Model model) {
        return model instanceof MultiLayerNetwork layered
                ? layered.conf().isMiniBatch()
                : ((ComputationGraph) model).getLayers()[0].conf().isMiniBatch();
    }
}
