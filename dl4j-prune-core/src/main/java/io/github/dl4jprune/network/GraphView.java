package io.github.dl4jprune.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A ComputationGraph as a {@link NetworkView}. */
final class GraphView extends NetworkView<ComputationGraph> {
    private final ComputationGraph network;
    private final NetworkStructure structure;

    GraphView(ComputationGraph network) {
        if (network.params() == null) {
            throw new IllegalArgumentException("network must be initialised, call init() first");
        }
        this.network = network;
        this.structure = NetworkStructure.of(network.getConfiguration());
    }

    @Override
    public ComputationGraph model() {
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
        GraphVertex vertex = network.getVertex(node);
        Map<String, INDArray> table = vertex == null ? null : vertex.paramTable(false);
        if (table == null) {
            return Map.of();
        }
        return vertex.hasLayer() ? TrueLayout.of(vertex.getLayer().conf().getLayer(), table) : table;
    }

    @Override
    public boolean frozen(String node) {
        GraphVertex vertex = network.getVertex(node);
        return vertex != null && vertex.hasLayer() && FrozenLayers.frozen(vertex.getLayer());
    }

    @Override
    public Optional<UpdaterState> updaterState() {
        ComputationGraphUpdater updater = network.getUpdater(false);
        return updater == null ? Optional.empty() : UpdaterState.of(updater, network.params());
    }

    @Override
    Optional<INDArray> flatUpdaterState() {
        ComputationGraphUpdater updater = network.getUpdater(false);
        return updater == null ? Optional.empty() : Optional.ofNullable(updater.getStateViewArray());
    }

    @Override
    void removeListeners() {
        network.setListeners(new ArrayList<>());
    }

    @Override
    public INDArray gradient(DataSet batch) {
        MultiDataSet multi = batch.toMultiDataSet();
        network.setLayerMaskArrays(multi.getFeaturesMaskArrays(), multi.getLabelsMaskArrays());
        network.setInputs(multi.getFeatures());
        network.setLabels(multi.getLabels());
        network.computeGradientAndScore();
        INDArray gradient = network.gradient().gradient().dup();
        network.clearLayerMaskArrays();
        return gradient.reshape(gradient.length());
    }

    @Override
    INDArray forward(NetworkNode node, INDArray[] inputs, List<INDArray> read, LayerWorkspaceMgr none) {
        network.setInputs(inputs); // tells the layers how many examples there are
        GraphVertex vertex = network.getVertex(node.name());
        for (int i = 0; i < read.size(); i++) {
            vertex.setInput(i, read.get(i), none);
        }
        INDArray result = vertex.doForward(false, none);
        vertex.clear();
        return result;
    }

    @Override
    public DataType dataType() {
        return network.getConfiguration().getDataType();
    }

    @Override
    public INDArray[] output(INDArray... inputs) {
        return Arrays.stream(network.output(false, inputs))
                .map(INDArray::detach)
                .toArray(INDArray[]::new);
    }

    @Override
    public Blueprint<ComputationGraph> blueprint() {
        ComputationGraphConfiguration copy = ComputationGraphConfiguration.fromJson(
                network.getConfiguration().toJson());
        return new GraphBlueprint(copy, NetworkStructure.of(copy));
    }

    private final class GraphBlueprint implements Blueprint<ComputationGraph> {
        private final ComputationGraphConfiguration configuration;
        private final NetworkStructure copied;

        GraphBlueprint(ComputationGraphConfiguration configuration, NetworkStructure copied) {
            this.configuration = configuration;
            this.copied = copied;
        }

        @Override
        public NetworkStructure structure() {
            return copied;
        }

        @Override
        public void replacePreProcessor(String layer, InputPreProcessor preProcessor) {
            LayerVertex vertex = (LayerVertex)
                    Objects.requireNonNull(configuration.getVertices().get(layer), layer);
            vertex.setPreProcessor(preProcessor);
        }

        @Override
        public NetworkView<ComputationGraph> build(long parameters) {
            ComputationGraph built = new ComputationGraph(configuration);
            built.init(Nd4j.create(configuration.getDataType(), parameters), false);
            built.setScore(network.score());
            for (GraphVertex vertex : network.getVertices()) {
                GraphVertex twin = built.getVertex(vertex.getVertexName());
                if (vertex.hasLayer()
                        && vertex.getLayer() instanceof FrozenLayer
                        && !(twin.getLayer() instanceof FrozenLayer)) {
                    twin.setLayerAsFrozen();
                }
            }
            if (network.getUpdater(false) != null) {
                built.getUpdater(true);
            }
            // a fresh list: DL4J clears the one it is given when it is the network's own
            built.setListeners(new ArrayList<>(network.getListeners()));
            return new GraphView(built);
        }
    }
}
