package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import org.deeplearning4j.nn.api.Model;

/** Cuts the zero channels out of one model and writes what is left. */
final class Shrink {
    private static final int EXAMPLES = 4;
    private static final long SEED = 20260101;
    private final ShrinkCommand asked;

    Shrink(ShrinkCommand asked) {
        this.asked = asked;
    }

    int run() {
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = asked.inputShape.applyTo(Models.open(asked.model));
        PruningResult<Model> result = ZeroChannels.remove(
                model.network(), ModelInputs.types(model), ModelInputs.random(model, EXAMPLES, SEED));
        SavedModel small = model.withNetwork(result.network());
        ModelFile.write(asked.out, small, UpdaterState.SAVED);
        PruningReport report = PruningReport.of(model, small, result);
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }
}
