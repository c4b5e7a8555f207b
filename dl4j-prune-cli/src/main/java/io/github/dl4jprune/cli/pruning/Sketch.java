package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.FilterSketch;
import io.github.dl4jprune.SketchResult;
import io.github.dl4jprune.cli.console.Size;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/** Sketches one model and writes what is to be trained. */
final class Sketch {
    private final SketchCommand asked;

    Sketch(SketchCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        Optional<Criterion> others = others();
        Budget budget = asked.groups.budget();
        if (asked.groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "sketch needs --sparsity, a budget (--macs, --parameters), --layer or --ratios");
        }
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = asked.inputShape.applyTo(Models.open(asked.model));
        FilterSketch<Model> sketch = FilterSketch.of(model.network())
                .ignore(asked.groups.ignored.toArray(String[]::new))
                .multipleOf(asked.groups.multipleOf)
                .budget(budget)
                .inputShapes(ModelInputs.types(model).shapes().toArray(long[][]::new));
        others.ifPresent(sketch::selectOthers);
        if (asked.groups.sparsity != null) {
            sketch.sparsity(asked.groups.sparsity);
        }
        asked.groups.forEachLayer(NetworkView.of(model.network()).structure().names(), sketch::layer);
        SketchResult<Model> result = sketch.sketch();
        SavedModel small = model.withNetwork(result.network());
        ModelFile.write(asked.out, small, UpdaterState.SAVED);
        asked.output.finish(result.report() + "written to " + asked.out, json(model, small, result));
        return 0;
    }

    private Optional<Criterion> others() {
        if (asked.selectOthers == null) {
            return Optional.empty();
        }
        Criterion criterion = Criteria.named(asked.selectOthers, 0);
        if (Criteria.looksAtData(criterion)) {
            throw new IllegalArgumentException(
                    "--select-others must be a criterion that looks at no data, got " + criterion.name());
        }
        return Optional.of(criterion);
    }

    private static Map<String, Object> json(SavedModel model, SavedModel small, SketchResult<Model> result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", Size.of(model, result.before()));
        json.put("after", Size.of(small, result.after()));
        json.put("groups", result.groups());
        json.put("unprunable", result.unprunable());
        json.put("note", result.note());
        return json;
    }
}
