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
import io.github.dl4jprune.training.PairedInterval;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accuracy and loss of one model on one split, alone or against another's. */
public final class Evaluate {
    private final EvaluateCommand asked;

    Evaluate(EvaluateCommand asked) {
        this.asked = asked;
    }

    int run() {
        asked.output.check();
        Split split = asked.images.split();
        Subject model = new Subject(asked.model);
        Subject other = asked.against == null ? null : new Subject(asked.against);
        ModelEvaluation evaluation = model.evaluate("evaluate");
        String text = text(asked.model + ", " + split, evaluation);
        Map<String, Object> json = json(evaluation);
        if (other != null) {
            ModelEvaluation reference = other.evaluate("evaluate --against");
            PairedInterval change = PairedInterval.between(reference, evaluation);
            text += "\n" + text(asked.against + ", " + split, reference) + "\n" + lost(change);
            json.put("against", json(reference));
            json.put("lost", lost(change.difference()));
            json.put("lostInterval", List.of(lost(change.upper()), lost(change.lower())));
        }
        asked.output.finish(text, json);
        return 0;
    }

    /** A model file, opened and found to fit the images. */
    private final class Subject {
        private final SavedModel model;
        private final ModelImages images;

        Subject(Path file) {
            Batch batch = asked.images.batch();
            model = Models.open(file);
            images = asked.images.of(model);
            batch.requireInference(model, images.examples());
        }

        ModelEvaluation evaluate(String task) {
            return Evaluate.evaluate(task, model, images, asked.images.batch().size());
        }
    }

    /** Accuracy and loss on images, with progress under the name of the task. */
    public static ModelEvaluation evaluate(String task, SavedModel model, ModelImages images, int batch) {
        ImageIterator iterator = images.inOrder(batch);
        try (Progress progress = new Progress(task, iterator.batches())) {
            return ModelEvaluation.of(model.network(), new CountingIterator(iterator, progress::step));
        }
    }

    private static String text(String subject, ModelEvaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "%s: accuracy %.2f %% (%d of %d), loss %.4f",
                subject,
                100 * evaluation.accuracy(),
                evaluation.correct().cardinality(),
                evaluation.examples(),
                evaluation.loss());
    }

    private static String lost(PairedInterval change) {
        return String.format(
                Locale.ROOT,
                "accuracy lost: %.2f points (95 %%: %.2f to %.2f, paired on the same images)",
                100 * lost(change.difference()),
                100 * lost(change.upper()),
                100 * lost(change.lower()));
    }

    /** What is lost is the change with its sign turned round, and never -0. */
    private static double lost(double change) {
        return 0 - change;
    }

    private static Map<String, Object> json(ModelEvaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", evaluation.examples());
        json.put("accuracy", evaluation.accuracy());
        json.put("loss", evaluation.loss());
        return json;
    }
}
