package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Vertex by vertex through a {@link ComputationGraph}. */
final class GraphForward implements LayerwiseForward {
    private final ComputationGraph network;
    private final LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();

    GraphForward(ComputationGraph network) {
        this.network = network;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int index : network.topologicalSortOrder()) {
            names.add(network.getVertices()[index].getVertexName());
        }
        return names;
    }

    @Override
    public List<String> inputNames() {
        return network.getConfiguration().getNetworkInputs();
    }

    @Override
    public List<String> outputNames() {
        return network.getConfiguration().getNetworkOutputs();
    }

    @Override
    public List<String> sources(String name) {
        List<String> sources = new ArrayList<>();
        VertexIndices[] from = network.getVertex(name).getInputVertices();
        if (from != null) {
            for (VertexIndices vertex : from) {
                sources.add(network.getVertices()[vertex.getVertexIndex()].getVertexName());
            }
        }
        return sources;
    }

    @Override
    public void begin(INDArray... inputs) {
        network.setInputs(inputs);
    }

    @Override
    public List<INDArray> seen(String name, List<INDArray> arriving) {
        List<INDArray> seen = arriving.stream().map(INDArray::dup).toList();
        if (network.getVertex(name) instanceof LayerVertex layer && layer.getLayerPreProcessor() != null) {
            return List.of(layer.getLayerPreProcessor()
                    .preProcess(seen.get(0), network.batchSize(), workspaces)
                    .dup());
        }
        return seen;
    }

    @Override
    public INDArray forward(String name, List<INDArray> arriving) {
        GraphVertex vertex = network.getVertex(name);
        for (int i = 0; i < arriving.size(); i++) {
            vertex.setInput(i, arriving.get(i).dup(), workspaces);
        }
        INDArray made = vertex.doForward(false, workspaces).dup();
        vertex.clear();
        return made;
    }
}
