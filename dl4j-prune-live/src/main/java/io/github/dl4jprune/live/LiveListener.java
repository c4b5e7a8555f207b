package io.github.dl4jprune.live;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Hands what training reports to a recording; touches no array. */
final class LiveListener extends BaseTrainingListener {
    private final Recording recording;

    LiveListener(Recording recording) {
        this.recording = recording;
    }

    @Override
    public void onEpochStart(Model model) {
        recording.epochBegun(model);
    }

    @Override
    public void iterationDone(Model model, int iterationOfModel, int epochOfModel) {
        if (model instanceof MultiLayerNetwork || model instanceof ComputationGraph) { // not a layer in pretraining
            recording.iterationDone(model);
        }
    }

    @Override
    public void onEpochEnd(Model model) {
        recording.epochDone();
    }

    @Override
    public String toString() {
        return "LiveListener()";
    }
}
