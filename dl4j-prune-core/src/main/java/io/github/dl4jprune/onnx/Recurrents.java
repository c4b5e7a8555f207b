package io.github.dl4jprune.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Recurrent layers: LSTM and RNN. DL4J's gates come in the order block input, forget, output, input gate; ONNX's in the
 * order input gate, output, forget, block input. States begin at zero.
 */
@SuppressWarnings("deprecation") // Graves' LSTMs are deprecated, and saved networks have them
final class Recurrents {
    /** Where ONNX's gates lie among DL4J's. */
    private static final int[] GATES = {3, 2, 1, 0};

    /** Where ONNX's peepholes (input gate, output, forget) lie among DL4J's (forget, output, input gate). */
    private static final int[] PEEPHOLES = {2, 1, 0};

    private Recurrents() {}

    static void register() {
        Layers.register(LSTM.class, (layer, input, site) -> lstm(layer, input, "", site));
        Layers.register(GravesLSTM.class, (layer, input, site) -> lstm(layer, input, "", site));
        Layers.register(GravesBidirectionalLSTM.class, Recurrents::gravesBidirectional);
        Layers.register(SimpleRnn.class, Recurrents::simpleRnn);
    }

    /** Both directions over one series, summed. */
    private static Value gravesBidirectional(GravesBidirectionalLSTM layer, Value input, LayerSite site) {
        IActivation gate = layer.getGateActivationFn();
        LayerSite backwards = site.half("", LayerSite.Direction.REVERSE);
        Value forward = lstm(layer, gate, input, "F", site);
        return site.ops().add(forward, lstm(layer, gate, input, "B", backwards));
    }

    private static Value lstm(AbstractLSTM layer, Value input, String suffix, LayerSite site) {
        return lstm(layer, layer.getGateActivationFn(), input, suffix, site);
    }

    private static Value lstm(BaseRecurrentLayer layer, IActivation gate, Value input, String suffix, LayerSite site) {
        int units = Math.toIntExact(layer.getNOut());
        INDArray recurrent = site.parameter("RW" + suffix);
        INDArray bias = gates(site.parameter("b" + suffix).reshape(1, -1), units);
        List<Value> weights = new ArrayList<>(List.of(
                site.constant(
                        "W" + suffix,
                        oneDirection(gates(site.parameter("W" + suffix), units).transpose())),
                site.constant(
                        "RW" + suffix, oneDirection(gates(recurrent, units).transpose())),
                site.constant("b" + suffix, Nd4j.concat(1, bias, Nd4j.zerosLike(bias)))));
        if (recurrent.size(1) > 4L * units) {
            weights.add(Operators.ABSENT);
            weights.add(Operators.ABSENT);
            weights.add(Operators.ABSENT);
            weights.add(site.constant("peepholes" + suffix, peepholes(recurrent, units)));
        }
        List<IActivation> functions = List.of(gate, layer.getActivationFn(), layer.getActivationFn());
        return run(new Operation("LSTM", layer, functions), input, weights, site);
    }

    private static INDArray gates(INDArray columns, int units) {
        INDArray[] parts = new INDArray[GATES.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = columns.get(
                    NDArrayIndex.all(), NDArrayIndex.interval((long) GATES[i] * units, (long) (GATES[i] + 1) * units));
        }
        return Nd4j.concat(1, parts);
    }

    private static INDArray peepholes(INDArray recurrent, int units) {
        INDArray[] parts = new INDArray[PEEPHOLES.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = recurrent.getColumn(4L * units + PEEPHOLES[i]).reshape(1, units);
        }
        return Nd4j.concat(1, parts);
    }

    private static INDArray oneDirection(INDArray matrix) {
        return matrix.dup('c').reshape('c', 1, matrix.size(0), matrix.size(1));
    }

    private static Value simpleRnn(SimpleRnn layer, Value input, LayerSite site) {
        if (layer.hasLayerNorm()) {
            throw new NotExportable("ONNX's RNN has no layer normalisation");
        }
        INDArray bias = site.parameter("b").reshape(1, -1);
        List<Value> weights = List.of(
                site.constant("W", oneDirection(site.parameter("W").transpose())),
                site.constant("RW", oneDirection(site.parameter("RW").transpose())),
                site.constant("b", Nd4j.concat(1, bias, Nd4j.zerosLike(bias))));
        return run(new Operation("RNN", layer, List.of(layer.getActivationFn())), input, weights, site);
    }

    /** A recurrent operator and the activation functions that it needs. */
    private record Operation(String operator, BaseRecurrentLayer layer, List<IActivation> functions) {}

    private static Value run(Operation operation, Value input, List<Value> weights, LayerSite site) {
        BaseRecurrentLayer layer = operation.layer();
        if (input.rank() != 3) {
            throw new NotExportable("the layer reads a series, got " + input.rank() + " axes");
        }
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getRnnDataFormat());
        Value steps = ops.transpose(order.toFirst(ops, input), 2, 0, 1);
        List<Value> read = new ArrayList<>(List.of(steps));
        read.addAll(weights);
        long[] dims = {steps.size(0), 1, steps.size(1), layer.getNOut()};
        Value all = ops.write(
                operation.operator(), dims, read, attributes(operation.functions(), layer.getNOut(), site.direction()));
        return order.fromFirst(ops, ops.transpose(ops.squeeze(all, 1), 1, 2, 0));
    }

    private static AttributeProto[] attributes(List<IActivation> functions, long units, LayerSite.Direction direction) {
        List<RecurrentActivation> known = functions.stream()
                .map(function -> RecurrentActivation.of(function)
                        .orElseThrow(() -> new NotExportable("ONNX's recurrent operators have no activation function "
                                + function.getClass().getSimpleName())))
                .toList();
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                Attribute.of("hidden_size", units),
                Attribute.of("direction", direction == LayerSite.Direction.FORWARD ? "forward" : "reverse"),
                Attribute.strings(
                        "activations",
                        known.stream().map(RecurrentActivation::name).toList())));
        List<Float> alphas = known.stream().flatMap(f -> f.alpha().stream()).toList();
        List<Float> betas = known.stream().flatMap(f -> f.beta().stream()).toList();
        if (!alphas.isEmpty()) {
            attributes.add(Attribute.floats("activation_alpha", alphas));
        }
        if (!betas.isEmpty()) {
            attributes.add(Attribute.floats("activation_beta", betas));
        }
        return attributes.toArray(AttributeProto[]::new);
    }
}
