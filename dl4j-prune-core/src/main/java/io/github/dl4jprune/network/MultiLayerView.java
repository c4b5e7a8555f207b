package io.github.dl4jprune.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A MultiLayerNetwork as a {@link NetworkView}. */
final class MultiLayerView extends NetworkView<MultiLayerNetwork> {
    private final MultiLayerNetwork network;
    private final NetworkStructure structure;
    private final List<String> names;
    private final Map<String, Integer> indices = new HashMap<>();

    MultiLayerView(MultiLayerNetwork network) {
        if (!network.isInitCalled()) {
            throw new IllegalArgumentException("network must be initialised, call init() first");
        }
        this.network = network;
        this.structure = NetworkStructure.of(network.getLayerWiseConfigurations());
        this.names = layerNames(structure);
        names.forEach(name -> indices.put(name, indices.size()));
    }

    private static List<String> layerNames(NetworkStructure structure) {
        return structure.nodes().stream().skip(1).map(NetworkNode::name).toList();
    }

    @Override
    public MultiLayerNetwork model() {
        return network;
    }

    @Override
    public NetworkStructure structure() {
        return structure;
    }

    @Override
    public INDArray flatParameters() {
        return network.params();
    }

    @Override
    public Map<String, INDArray> parameters(String node) {
        Integer index = indices.get(node);
        if (index == null) {
            return Map.of();
        }
        Layer layer = network.getLayer(index);
        return TrueLayout.of(layer.conf().getLayer(), layer.paramTable());
    }

    @Override
    public boolean frozen(String node) {
        Integer index = indices.get(node);
        return index != null && FrozenLayers.frozen(network.getLayer(index));
    }

    @Override
    public Optional<UpdaterState> updaterState() {
        Updater updater = network.getUpdater(false);
        return updater instanceof BaseMultiLayerUpdater<?> blocks
                ? UpdaterState.of(blocks, network.params())
                : Optional.empty();
    }

    @Override
    Optional<INDArray> flatUpdaterState() {
        Updater updater = network.getUpdater(false);
        return updater == null ? Optional.empty() : Optional.ofNullable(updater.getStateViewArray());
    }

    @Override
    void removeListeners() {
        network.setListeners(new ArrayList<>());
    }

    @Override
    public INDArray gradient(DataSet batch) {
        network.setLayerMaskArrays(batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        INDArray gradient = network.gradient().gradient().dup();
        network.clearLayerMaskArrays();
        return gradient.reshape(gradient.length());
    }

    @Override
    INDArray forward(NetworkNode node, INDArray[] inputs, List<INDArray> read, LayerWorkspaceMgr none) {
        network.setInput(inputs[0]); // tells the layers how many examples there are
        int index = Objects.requireNonNull(indices.get(node.name()), node.name());
        InputPreProcessor preProcessor = network.getLayerWiseConfigurations().getInputPreProcess(index);
        INDArray given = preProcessor == null
                ? read.get(0)
                : preProcessor.preProcess(read.get(0), network.getInputMiniBatchSize(), none);
        INDArray result = network.getLayer(index).activate(given, false, none);
        network.getLayer(index).clear();
        return result;
    }

    @Override
    public DataType dataType() {
        return network.getLayerWiseConfigurations().getDataType();
    }

    @Override
    public INDArray[] output(INDArray... inputs) {
        return new INDArray[] {network.output(inputs[0], false).detach()};
    }

    @Override
    public Blueprint<MultiLayerNetwork> blueprint() {
        MultiLayerConfiguration copy = MultiLayerConfiguration.fromJson(
                network.getLayerWiseConfigurations().toJson());
        return new ChainBlueprint(copy, NetworkStructure.of(copy));
    }

    private final class ChainBlueprint implements Blueprint<MultiLayerNetwork> {
        private final MultiLayerConfiguration configuration;
        private final NetworkStructure copied;

        ChainBlueprint(MultiLayerConfiguration configuration, NetworkStructure copied) {
            this.configuration = configuration;
            this.copied = copied;
        }

        @Override
        public NetworkStructure structure() {
            return copied;
        }

        @Override
        public void replacePreProcessor(String layer, InputPreProcessor preProcessor) {
            configuration.getInputPreProcessors().put(layerNames(copied).indexOf(layer), preProcessor);
        }

        @Override
        public NetworkView<MultiLayerNetwork> build(long parameters) {
            MultiLayerNetwork built = new MultiLayerNetwork(configuration);
            built.init(Nd4j.create(configuration.getDataType(), parameters), false);
            built.setScore(network.score());
            freezeLikeOriginal(built);
            if (network.getUpdater(false) != null) {
                built.getUpdater(true);
            }
            // a fresh list: DL4J clears the one it is given when it is the network's own
            built.setListeners(new ArrayList<>(network.getListeners()));
            return new MultiLayerView(built);
        }

        private void freezeLikeOriginal(MultiLayerNetwork built) {
            Layer[] layers = built.getLayers();
            for (int i = 0; i < layers.length; i++) {
                if (network.getLayer(i) instanceof FrozenLayer && !(layers[i] instanceof FrozenLayer)) {
                    layers[i] = new FrozenLayer(layers[i]);
                }
            }
            built.setLayers(layers);
        }
    }
}
