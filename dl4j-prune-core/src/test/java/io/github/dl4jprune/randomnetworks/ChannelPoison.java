package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Shows by experiment where a channel of an activation goes: changes it, runs forward, and looks which channels of which layer's or
 * vertex's input and output changed. Layers that mix their channels ({@link Mixers}) are where a channel ends: their inputs are
 * reported, their outputs stay as they were, so that only the channel itself is followed and not what is computed from it.
 *
 * <p>What mixers and network inputs hand on is replaced by noise, the same with and without poison, several times over, so that a dead
 * unit or a factor of zero on the way hides nothing. Poison is a finite shift, small and large, of either sign; NaN on request,
 * which some ND4J functions swallow.
 */
public final class ChannelPoison {
    private static final double[] SHIFTS = {1, -1, 100, -100, 1, -1};

    private final LayerwiseForward forward;
    private final Layout layout;
    private final Map<String, Mixers.Kind> kinds = new HashMap<>();
    private final INDArray[] inputs;
    private final List<LayerwiseForward.Activations> clean = new ArrayList<>();

    private ChannelPoison(Model network, INDArray[] inputs) {
        this.forward = LayerwiseForward.of(network);
        this.layout = Layout.of(network);
        this.inputs = inputs;
        for (String name : forward.names()) {
            kinds.put(name, forward.inputNames().contains(name) ? Mixers.Kind.INPUT : Mixers.kind(network, name));
        }
        for (int i = 0; i < SHIFTS.length; i++) {
            Random noise = new Random(i);
            clean.add(forward.run(inputs, (name, activation) -> noised(name, activation, noise)));
        }
    }

    /**
     * Prepares the experiment.
     *
     * @param network left unchanged
     * @param inputs a batch for it
     */
    public static ChannelPoison of(Model network, INDArray... inputs) {
        return new ChannelPoison(network, inputs);
    }

    /** Where these channels go, found with finite shifts. */
    public Reach trace(Map<String, int[]> poisoned) {
        Reach reach = new Reach(new TreeMap<>(), new TreeMap<>());
        for (int i = 0; i < SHIFTS.length; i++) {
            follow(poisoned, clean.get(i), SHIFTS[i], reach);
        }
        return reach;
    }

    /** Where one channel goes, found with finite shifts. */
    public Reach trace(String name, int channel) {
        return trace(Map.of(name, new int[] {channel}));
    }

    /** Where these channels go, found with NaN: at most as far as with finite shifts. */
    public Reach traceNaN(Map<String, int[]> poisoned) {
        Reach reach = new Reach(new TreeMap<>(), new TreeMap<>());
        follow(poisoned, clean.get(0), Double.NaN, reach);
        return reach;
    }

    /**
     * What changed.
     *
     * @param inputs by layer or vertex, for each of its inputs (after its preprocessor) the channels that changed; only those with a
     *     change
     * @param outputs by input, layer or vertex, the channels of its activation that changed; only those with a change
     */
    public record Reach(Map<String, List<Set<Integer>>> inputs, Map<String, Set<Integer>> outputs) {
        /** Changed channels of the first (often only) input of a layer or vertex. */
        public Set<Integer> input(String name) {
            return input(name, 0);
        }

        /** Changed channels of one input of a vertex. */
        public Set<Integer> input(String name, int position) {
            List<Set<Integer>> changed = inputs.get(name);
            return changed == null ? Set.of() : changed.get(position);
        }

        /** Changed channels of what an input, layer or vertex hands on. */
        public Set<Integer> output(String name) {
            return outputs.getOrDefault(name, Set.of());
        }

        private void sees(String name, int position, int of, Set<Integer> changed) {
            List<Set<Integer>> all = inputs.computeIfAbsent(name, key -> {
                List<Set<Integer>> none = new ArrayList<>();
                for (int i = 0; i < of; i++) {
                    none.add(new TreeSet<>());
                }
                return none;
            });
            all.get(position).addAll(changed);
        }
    }

    private void follow(Map<String, int[]> poisoned, LayerwiseForward.Activations before, double shift, Reach reach) {
        Map<String, INDArray> changed = new HashMap<>();
        forward.begin(inputs);
        for (String name : forward.names()) {
            INDArray clean = before.output(name);
            INDArray now = clean;
            List<String> sources = forward.sources(name);
            if (sources.stream().anyMatch(changed::containsKey)) {
                List<INDArray> arriving = new ArrayList<>();
                sources.forEach(source -> arriving.add(changed.getOrDefault(source, before.output(source))));
                now = pass(name, arriving, before, reach);
            }
            int[] channels = poisoned.get(name);
            if (channels != null) {
                now = shifted(now, channels, shift);
            }
            Set<Integer> differing = now == clean ? Set.of() : differing(clean, now);
            if (!differing.isEmpty()) {
                changed.put(name, now);
                reach.outputs.computeIfAbsent(name, key -> new TreeSet<>()).addAll(differing);
            }
        }
    }

    private INDArray pass(String name, List<INDArray> arriving, LayerwiseForward.Activations before, Reach reach) {
        List<INDArray> seen = forward.seen(name, arriving);
        for (int i = 0; i < seen.size(); i++) {
            reach.sees(name, i, seen.size(), differing(before.input(name).get(i), seen.get(i)));
        }
        return switch (kinds.getOrDefault(name, Mixers.Kind.PASSES)) {
            case INPUT, MIXES -> before.output(name);
            // The norm mixes, but a channel of zeros adds nothing to it: follow the numerator only.
            case NORMALISES ->
                before.output(name).add(seen.get(0).sub(before.input(name).get(0)));
            case PASSES -> forward.forward(name, arriving);
        };
    }

    private INDArray noised(String name, INDArray activation, Random noise) {
        Mixers.Kind kind = kinds.getOrDefault(name, Mixers.Kind.PASSES);
        if (kind == Mixers.Kind.PASSES || kind == Mixers.Kind.NORMALISES || kind == Mixers.Kind.INPUT) {
            return activation;
        }
        return activation.assign(gaussian(activation.shape(), noise));
    }

    private INDArray shifted(INDArray activation, int[] channels, double shift) {
        INDArray copy = activation.dup();
        int axis = layout.channelAxis(copy);
        Random random = new Random(channels.length);
        for (int channel : channels) {
            INDArray view = ZeroedActivations.channel(copy, axis, channel);
            INDArray amount = gaussian(view.shape(), random);
            view.addi(amount.muli(amount).addi(0.5).muli(shift));
        }
        return copy;
    }

    private static INDArray gaussian(long[] shape, Random random) {
        double[] values = DoubleStream.generate(random::nextGaussian)
                .limit(ArrayUtil.prodLong(shape))
                .toArray();
        return Nd4j.createFromArray(values).reshape(shape);
    }

    private Set<Integer> differing(INDArray before, INDArray after) {
        Set<Integer> channels = new TreeSet<>();
        int axis = layout.channelAxis(before);
        for (int i = 0; i < before.size(axis); i++) {
            double[] old = values(before, axis, i);
            double[] now = values(after, axis, i);
            for (int j = 0; j < old.length; j++) {
                if (!(old[j] == now[j])) {
                    channels.add(i);
                    break;
                }
            }
        }
        return channels;
    }

    private static double[] values(INDArray array, int axis, int channel) {
        return ZeroedActivations.channel(array, axis, channel).dup('c').data().asDouble();
    }
}
