package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.folding.FoldedConstants;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.recipe.WeightSparsity;
import io.github.dl4jprune.training.EpochResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/** What training came to, for people and as JSON. */
record TrainReport(
        List<EpochResult> epochs,
        List<WeightSparsity> parameters,
        Optional<FoldedConstants> constants,
        double testAccuracy) {
    static TrainReport of(RecipeOutcome<Model> outcome, double testAccuracy) {
        return new TrainReport(
                outcome.epochs(), WeightSparsity.of(outcome.network()), outcome.constants(), testAccuracy);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epochs", epochs);
        json.put("parameters", parameters);
        constants.ifPresent(found -> json.put("constants", found));
        json.put("test", Map.of("accuracy", testAccuracy));
        return json;
    }

    String text() {
        String line = System.lineSeparator();
        return Table.of(
                        epochs,
                        List.of(
                                Table.count("epoch", EpochResult::epoch),
                                Table.figures("loss", epoch -> String.format(Locale.ROOT, "%.4f", epoch.loss())),
                                Table.decimal("validation accuracy, %", epoch -> 100 * epoch.validationAccuracy()),
                                Table.figures(
                                        "sparsity", epoch -> String.format(Locale.ROOT, "%.4f", epoch.sparsity()))))
                + line
                + Table.of(
                        parameters,
                        List.of(
                                Table.words("weights", WeightSparsity::name),
                                Table.count("values", WeightSparsity::values),
                                Table.figures(
                                        "zeros, fraction",
                                        weights -> String.format(Locale.ROOT, "%.4f", weights.sparsity()))))
                + line
                + constants.map(found -> found.summary() + line).orElse("")
                + String.format(Locale.ROOT, "test: accuracy %.2f %%%n", 100 * testAccuracy);
    }
}
