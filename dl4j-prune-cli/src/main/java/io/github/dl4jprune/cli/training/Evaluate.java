package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.CountingIterator;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Accuracy and loss of one model on one split. */
public final class Evaluate {
    private final EvaluateCommand asked;

    Evaluate(EvaluateCommand asked) {
        this.asked = asked;
    }

    int run() {
        asked.output.check();
        Split split = asked.images.split();
        Batch batch = asked.images.batch();
        SavedModel model = Models.open(asked.model);
        ModelImages images = asked.images.of(model);
        batch.requireInference(model, images.examples());
        ModelEvaluation evaluation = evaluate("evaluate", model, images, batch.size());
        asked.output.finish(text(asked.model + ", " + split, evaluation), json(evaluation));
        return 0;
    }

    /** Accuracy and loss on images, with progress under the name of the task. */
    public static ModelEvaluation evaluate(String task, SavedModel model, ModelImages images, int batch) {
        ImageIterator iterator = images.inOrder(batch);
        try (Progress progress = new Progress(task, iterator.batches())) {
            return ModelEvaluation.of(model.network(), new CountingIterator(iterator, progress::step));
        }
    }

    static String text(String subject, ModelEvaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "%s: accuracy %.2f %% (%d of %d), loss %.4f",
                subject,
                100 * evaluation.accuracy(),
                evaluation.correct().cardinality(),
                evaluation.examples(),
                evaluation.loss());
    }

    static Map<String, Object> json(ModelEvaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", evaluation.examples());
        json.put("accuracy", evaluation.accuracy());
        json.put("loss", evaluation.loss());
        return json;
    }
}
