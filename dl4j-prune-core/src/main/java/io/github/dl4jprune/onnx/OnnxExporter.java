package io.github.dl4jprune.onnx;

import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * Turns a trained network into an ONNX model that computes the same in inference, for any number of examples.
 *
 * <pre>{@code
 * OnnxExporter.of(network).inputShapes(new long[] {3, 32, 32}).export().write(Path.of("network.onnx"));
 * }</pre>
 *
 * <p>Inputs and outputs bear DL4J's names (the input of a MultiLayerNetwork is called {@code input}), keep DL4J's axis
 * order and the network's data type, FLOAT or DOUBLE. The first axis is called {@code batch} and free; all others, the
 * number of time steps included, are fixed. Dropout does nothing, losses are left out, masks of time steps are not
 * expressed. Time and memory: those of copying the parameters.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Operators.md">ONNX operators</a>
 */
public final class OnnxExporter {
    /** The opset of a model if nothing else is asked for. */
    public static final int DEFAULT_OPSET = 15;

    /** The oldest opset that can be asked for: from here on, axes are inputs of Squeeze, Unsqueeze and ReduceSum. */
    public static final int OLDEST_OPSET = 13;

    /** The newest opset that can be asked for. */
    public static final int NEWEST_OPSET = 21;

    /** The version of the file format that came with each opset, from the oldest on (ONNX, docs/Versioning.md). */
    private static final int[] IR_VERSIONS = {7, 7, 8, 8, 8, 8, 9, 9, 10};

    private final NetworkView<? extends Model> network;
    private final Map<String, String> metadata = new TreeMap<>();
    private int opset = DEFAULT_OPSET;
    private boolean foldBatchNormalization;
    private @Nullable DataNormalization normalizer;
    private @Nullable InputTypes inputTypes;
    private DataType dataType;

    private OnnxExporter(NetworkView<? extends Model> network) {
        this.network = network;
        this.dataType = network.dataType();
    }

    /** Starts with the default opset, batch normalisation kept, no normaliser, and input shapes as the layers allow. */
    public static OnnxExporter of(Model network) {
        return new OnnxExporter(NetworkView.of(network));
    }

    /**
     * Version of the operators.
     *
     * @param value from {@value #OLDEST_OPSET} to {@value #NEWEST_OPSET}
     * @return this
     * @throws IllegalArgumentException if it is another
     */
    public OnnxExporter opset(int value) {
        if (!(value >= OLDEST_OPSET && value <= NEWEST_OPSET)) {
            throw new IllegalArgumentException(
                    "opset must be in [" + OLDEST_OPSET + ", " + NEWEST_OPSET + "], got " + value);
        }
        opset = value;
        return this;
    }

    /**
     * Makes batch normalisations part of the convolution or dense layer before them, where that has no activation function
     * and no other reader.
     *
     * @return this
     */
    public OnnxExporter foldBatchNormalization() {
        foldBatchNormalization = true;
        return this;
    }

    /**
     * Makes a normaliser the first part of the model, which then takes what the normaliser takes: raw pixels.
     *
     * @param value any that scales and shifts each value, as all of ND4J's do; the network must have one input
     * @return this
     */
    public OnnxExporter normalizer(DataNormalization value) {
        normalizer = value;
        return this;
    }

    /**
     * The shape of one example, needed where the network's layers allow more than one.
     *
     * @param shapes one for each input, in the network's own axis order
     * @return this
     */
    public OnnxExporter inputShapes(long[]... shapes) {
        inputTypes = InputTypes.of(network.structure(), Arrays.asList(shapes));
        return this;
    }

    /**
     * The type of the model's numbers, if not the network's own.
     *
     * @param value FLOAT or DOUBLE
     * @return this
     */
    public OnnxExporter dataType(DataType value) {
        dataType = value;
        return this;
    }

    /**
     * An entry of the model's metadata.
     *
     * @param key unique
     * @param value any text
     * @return this
     */
    public OnnxExporter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Writes the model in memory.
     *
     * @return the model
     * @throws UnsupportedNetworkException naming every layer and vertex that cannot be expressed
     * @throws IllegalArgumentException if the data type, an input shape or the normaliser will not do, or the model is
     *     larger than the 2 GB of a file
     */
    public ExportedModel export() {
        TensorProto.DataType type = type();
        OnnxGraph graph = new OnnxGraph(type);
        Operators ops = new Operators(graph, opset);
        BatchFolding folding = foldBatchNormalization ? BatchFolding.all(network) : BatchFolding.none(network);
        Walk walk = new Walk(network.structure(), folding, graph, ops);
        List<Value> outputs = walk.write(inputs(graph, ops));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSIONS[opset - OLDEST_OPSET])
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setProducerName("dl4j-prune")
                .setGraph(graph.build("network", outputs));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return new ExportedModel(model.build(), folding.names());
    }

    private TensorProto.DataType type() {
        if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
            throw new IllegalArgumentException("data type must be FLOAT or DOUBLE, got " + dataType);
        }
        long bytes =
                network.flatParameters() == null ? 0 : network.flatParameters().length() * dataType.width();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("parameters must fit the 2 GB of an ONNX file, got " + bytes + " bytes");
        }
        return dataType == DataType.DOUBLE ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
    }

    private List<Value> inputs(OnnxGraph graph, Operators ops) {
        InputTypes types = inputTypes == null ? InputTypes.infer(network.structure()) : inputTypes;
        if (normalizer != null && types.types().size() != 1) {
            throw new IllegalArgumentException("a normaliser needs a network with one input, got "
                    + types.types().size());
        }
        List<Value> inputs = new ArrayList<>();
        for (NetworkNode node : network.structure().nodes()) {
            if (node.content() instanceof Input) {
                InputType inputType = types.types().get(inputs.size());
                Value input = graph.input(node.name(), dims(node.name(), inputType));
                graph.enter(node.name());
                inputs.add(normalizer == null ? input : normalized(normalizer, input, order(inputType), ops));
            }
        }
        return inputs;
    }

    private static Value normalized(DataNormalization normalizer, Value input, ChannelOrder order, Operators ops) {
        long[] shape = Dims.ofExample(input.dims());
        if (order == ChannelOrder.LAST) {
            long[] first = shape.clone();
            first[0] = shape[shape.length - 1];
            System.arraycopy(shape, 0, first, 1, shape.length - 1);
            shape = first;
        }
        return AffineNormalization.of(normalizer, shape).write(input, order, ops);
    }

    private static ChannelOrder order(InputType type) {
        if (type instanceof InputTypeConvolutional image) {
            return ChannelOrder.of(image.getFormat());
        }
        if (type instanceof InputTypeConvolutional3D volume) {
            return ChannelOrder.of(volume.getDataFormat());
        }
        return type instanceof InputTypeRecurrent series ? ChannelOrder.of(series.getFormat()) : ChannelOrder.FIRST;
    }

    private static long[] dims(String name, InputType type) {
        long[] dims = type.getShape(true).clone();
        dims[0] = Value.BATCH;
        if (Arrays.stream(Dims.ofExample(dims)).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("input \"" + name
                    + "\" must have a known shape, time steps included, got " + Arrays.toString(Dims.ofExample(dims)));
        }
        return dims;
    }
}
