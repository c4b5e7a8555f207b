package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.OnnxFile;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.LabeledImages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Two models on the same images: how far their outputs are apart, and how often each is right. */
final class Verify {
    private static final double TOLERANCE = 1e-4;
    private final VerifyCommand asked;
    private double difference;
    private double scale;
    private int examples;
    private final int[] correct = new int[2];

    Verify(VerifyCommand asked) {
        this.asked = asked;
    }

    int run() {
        asked.output.check();
        Batch batch = asked.images.batch();
        for (Path file : List.of(asked.model, asked.other)) {
            if (!file.toString().endsWith(".zip") && !OnnxFile.named(file)) {
                throw new IllegalArgumentException("verify takes .zip and .onnx files, got \"" + file + "\"");
            }
        }
        LabeledImages images = asked.images.load();
        List<ImageModel> models = ImageModel.pair(asked.model, asked.other, images, batch);
        try {
            compare(models, batch.size());
        } finally {
            models.forEach(ImageModel::close);
        }
        // negated, so that NaN is a failure
        boolean same = relative() <= TOLERANCE;
        asked.output.finish(text(same), json());
        return same ? 0 : 1;
    }

    private void compare(List<ImageModel> models, int atATime) {
        ImageIterator first = models.get(0).images(atATime);
        ImageIterator second = models.get(1).images(atATime);
        try (Progress progress = new Progress("verify", first.batches())) {
            while (first.hasNext()) {
                DataSet batch = first.next();
                INDArray[] expected = models.get(0).outputs(batch.getFeatures());
                INDArray[] actual = models.get(1).outputs(second.next().getFeatures());
                add(expected, actual);
                correct[0] += correct(expected[0], batch.getLabels());
                correct[1] += correct(actual[0], batch.getLabels());
                examples += batch.numExamples();
                progress.step();
            }
        }
    }

    private void add(INDArray[] expected, INDArray[] actual) {
        if (expected.length != actual.length) {
            throw new IllegalArgumentException(
                    "models must have as many outputs, got " + expected.length + " and " + actual.length);
        }
        for (int i = 0; i < expected.length; i++) {
            if (!Arrays.equals(expected[i].shape(), actual[i].shape())) {
                throw new IllegalArgumentException("outputs must have the same shape, got "
                        + Arrays.toString(expected[i].shape()) + " and " + Arrays.toString(actual[i].shape()));
            }
            INDArray reference = expected[i].castTo(DataType.DOUBLE);
            INDArray apart = actual[i].castTo(DataType.DOUBLE).sub(reference);
            scale = Math.max(scale, reference.amaxNumber().doubleValue());
            double largest = apart.amaxNumber().doubleValue();
            boolean unknown = apart.isNaN().any() || Double.isNaN(largest);
            difference = unknown ? Double.NaN : Math.max(difference, largest);
        }
    }

    private static int correct(INDArray outputs, INDArray labels) {
        return outputs.rank() == 2 && Arrays.equals(outputs.shape(), labels.shape())
                ? outputs.argMax(1)
                        .eq(labels.argMax(1))
                        .castTo(DataType.INT32)
                        .sumNumber()
                        .intValue()
                : 0;
    }

    private double relative() {
        return difference == 0 ? 0 : difference / scale;
    }

    private double accuracy(int model) {
        return (double) correct[model] / examples;
    }

    private String text(boolean same) {
        return String.format(
                Locale.ROOT,
                "%s and %s, %d examples: outputs differ by %.3g at most, %.3g of the largest (%s %.0e); accuracy %.2f %%"
                        + " (%d) and %.2f %% (%d)",
                asked.model,
                asked.other,
                examples,
                difference,
                relative(),
                same ? "within" : "ABOVE",
                TOLERANCE,
                100 * accuracy(0),
                correct[0],
                100 * accuracy(1),
                correct[1]);
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", examples);
        json.put("maxAbsoluteDifference", difference);
        json.put("largestOutput", scale);
        json.put("relativeDifference", relative());
        json.put("tolerance", TOLERANCE);
        json.put(
                "models",
                List.of(
                        Map.of("model", asked.model, "accuracy", accuracy(0)),
                        Map.of("model", asked.other, "accuracy", accuracy(1))));
        return json;
    }
}
