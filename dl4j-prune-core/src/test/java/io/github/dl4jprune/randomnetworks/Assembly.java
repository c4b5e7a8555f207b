package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** From a sketch to an initialised network. */
final class Assembly {
    private final Sketch sketch;
    private final Choices choices;
    private final NetworkOptions options;

    Assembly(Sketch sketch, Choices choices, NetworkOptions options) {
        this.sketch = sketch;
        this.choices = choices;
        this.options = options;
    }

    ComputationGraph graph() {
        GraphBuilder builder = base().graphBuilder();
        sketch.sources().forEach(source -> builder.addInputs(source.name()));
        for (Sketch.Node node : sketch.nodes()) {
            String[] inputs = node.inputs().toArray(String[]::new);
            if (node.vertex() != null) {
                builder.addVertex(node.name(), node.vertex(), inputs);
            } else if (node.preProcessor() != null) {
                builder.addLayer(node.name(), layer(node), node.preProcessor(), inputs);
            } else {
                builder.addLayer(node.name(), layer(node), inputs);
            }
        }
        builder.setOutputs(sketch.outputs().keySet().toArray(String[]::new));
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        return network;
    }

    MultiLayerNetwork layers() {
        ListBuilder builder = base().list();
        for (int i = 0; i < sketch.nodes().size(); i++) {
            Sketch.Node node = sketch.nodes().get(i);
            Layer layer = layer(node);
            layer.setLayerName(node.name());
            builder.layer(i, layer);
            if (node.preProcessor() != null) {
                builder.inputPreProcessor(i, node.preProcessor());
            }
        }
        MultiLayerConfiguration configuration = builder.build();
        for (int i = 0; i < sketch.nodes().size(); i++) {
            if (sketch.nameless(i)) {
                configuration.getConf(i).getLayer().setLayerName(null);
            }
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static Layer layer(Sketch.Node node) {
        if (node.layer() == null) {
            throw new IllegalStateException("vertex " + node.name() + " is no layer");
        }
        return node.layer();
    }

    private NeuralNetConfiguration.Builder base() {
        NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder()
                .seed(choices.seed())
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.IDENTITY)
                .updater(options.updater().clone())
                .gradientNormalization(options.gradientNormalization());
        if (options.l2() > 0) {
            builder.l2(options.l2());
        }
        if (options.weightDecay() > 0) {
            builder.weightDecay(options.weightDecay());
        }
        return builder;
    }
}
