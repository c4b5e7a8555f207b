package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.input.FileDigest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What decides the result of {@code finetune} beside the model and the images, defaults included, by its options. */
final class FinetuneSettings {
    private FinetuneSettings() {}

    static RunSettings of(FinetuneCommand asked) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--epochs", String.valueOf(asked.epochs));
        values.put("--batch", String.valueOf(asked.batch));
        values.put("--learning-rate", String.valueOf(asked.learningRate));
        values.put("--schedule", asked.schedule);
        values.put("--momentum", String.valueOf(asked.momentum));
        values.put("--weight-decay", String.valueOf(asked.weightDecay));
        values.put("--augment", asked.augment);
        values.put("--recalibrate-bn", String.valueOf(asked.recalibrateBn));
        values.put("--seed", String.valueOf(asked.seed));
        if (asked.dropout != null) {
            values.put("--dropout", String.valueOf(asked.dropout));
        }
        if (asked.keepZeros) {
            values.put("--keep-zeros", "yes");
        }
        if (asked.teacher != null) {
            values.put("--teacher (SHA-256)", FileDigest.sha256(asked.teacher));
        }
        return new RunSettings("options", values);
    }
}
