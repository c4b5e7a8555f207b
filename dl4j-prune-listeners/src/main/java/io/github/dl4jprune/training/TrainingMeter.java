package io.github.dl4jprune.training;

import java.util.function.LongSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Measures a run of {@link FineTuning} and sets the learning rate of each next iteration. */
final class TrainingMeter extends BaseTrainingListener {
    private final FineTuning run;
    private final long batchesPerEpoch;
    private final UpdaterSetting updaters;
    private final TrainingProgress progress;
    private final Pace pace;
    private int epoch = 1;
    private long iteration;
    private long iterationsOfEpoch;
    private double lossOfEpoch;

    TrainingMeter(
            FineTuning run,
            long batchesPerEpoch,
            UpdaterSetting updaters,
            TrainingProgress progress,
            LongSupplier nanoTime) {
        this.run = run;
        this.batchesPerEpoch = batchesPerEpoch;
        this.updaters = updaters;
        this.progress = progress;
        this.pace = new Pace(nanoTime);
    }

    @Override
    public void iterationDone(Model model, int iterationOfModel, int epochOfModel) {
        iteration++;
        iterationsOfEpoch++;
        pace.iteration(Network.of(model).batchSize());
        lossOfEpoch += model.score();
        updaters.learningRate(run.schedule().rate(run.learningRate(), iteration, iterations()));
        progress.iterationDone(status());
    }

    @Override
    public void onEpochEnd(Model model) {
        TrainingStatus status = status();
        Divergence.refuse(model, status, "learning rate " + run.learningRate());
        progress.epochDone(status);
        epoch++;
        iterationsOfEpoch = 0;
        lossOfEpoch = 0;
    }

    private long iterations() {
        return batchesPerEpoch * run.epochs();
    }

    private TrainingStatus status() {
        return pace.status(epoch, run.epochs(), iteration, iterations(), lossOfEpoch / iterationsOfEpoch);
    }
}
