package io.github.dl4jprune.randomnetworks;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer by layer through a {@link MultiLayerNetwork}. */
final class MultiLayerForward implements LayerwiseForward {
    private final MultiLayerNetwork network;
    private final List<String> names = new ArrayList<>(List.of("input"));
    private final LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    private int batch;

    MultiLayerForward(MultiLayerNetwork network) {
        this.network = network;
        for (int i = 0; i < network.getnLayers(); i++) {
            String name = network.getLayer(i).conf().getLayer().getLayerName();
            names.add(name == null ? String.valueOf(i) : name);
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public List<String> inputNames() {
        return names.subList(0, 1);
    }

    @Override
    public List<String> outputNames() {
        return names.subList(names.size() - 1, names.size());
    }

    @Override
    public List<String> sources(String name) {
        int position = names.indexOf(name);
        return position == 0 ? List.of() : List.of(names.get(position - 1));
    }

    @Override
    public void begin(INDArray... inputs) {
        batch = (int) inputs[0].size(0);
        network.setInputMiniBatchSize(batch);
    }

    @Override
    public List<INDArray> seen(String name, List<INDArray> arriving) {
        InputPreProcessor preProcessor = network.getLayerWiseConfigurations().getInputPreProcess(index(name));
        INDArray arrived = arriving.get(0).dup();
        return List.of(
                preProcessor == null
                        ? arrived
                        : preProcessor.preProcess(arrived, batch, workspaces).dup());
    }

    @Override
    public INDArray forward(String name, List<INDArray> arriving) {
        Layer layer = network.getLayer(index(name));
        INDArray made =
                layer.activate(seen(name, arriving).get(0), false, workspaces).dup();
        layer.clear();
        return made;
    }

    private int index(String name) {
        return names.indexOf(name) - 1;
    }
}
