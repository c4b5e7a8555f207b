package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cli.input.OnnxFile;
import io.github.dl4jprune.cli.input.OnnxMetadata;
import io.github.dl4jprune.cost.BatchMemory;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model that is timed, with its input in place.
 *
 * @param runtime what runs it
 * @param macs multiply-adds of one example; null: the file does not say
 * @param inference one run
 * @param release called in the end
 */
record Contender(String runtime, @Nullable Long macs, Runnable inference, Runnable release) implements AutoCloseable {

    /** Opens a model file and puts a batch of random values before it, the same for every model of the same input. */
    static Contender open(Path file, BenchCommand asked, Batch batch) {
        return OnnxFile.named(file)
                ? onnx(file, asked, batch)
                : zip(asked.inputShape.applyTo(Models.open(file)), asked, batch);
    }

    private static Contender zip(SavedModel model, BenchCommand asked, Batch batch) {
        batch.requireInference(model, batch.size());
        NetworkView<?> network = NetworkView.of(model.network());
        INDArray[] input = ModelInputs.random(model, asked.batch, asked.seed);
        return new Contender("DL4J", Models.cost(model).macs(), () -> network.output(input), () -> {});
    }

    private static Contender onnx(Path path, BenchCommand asked, Batch batch) {
        OnnxFile file = OnnxFile.open(path);
        file.inputs().forEach(input -> batch.require(memory(input), batch.size()));
        SplittableRandom random = new SplittableRandom(asked.seed);
        INDArray[] inputs = file.inputs().stream()
                .map(input -> random(input.shape(), asked.batch, random))
                .toArray(INDArray[]::new);
        OnnxFile.Run run = file.prepare(inputs);
        String macs = file.metadata().get(OnnxMetadata.MACS);
        return new Contender("ONNX Runtime", macs == null ? null : Long.valueOf(macs), run::run, () -> {
            run.close();
            file.close();
        });
    }

    private static BatchMemory memory(OnnxFile.Input input) {
        long values = input.shape().stream().reduce(1L, (a, b) -> a * Math.max(1, b));
        return new BatchMemory(values, values * Float.BYTES);
    }

    /** From 0 to 1, so that an embedding finds an index in it. */
    private static INDArray random(List<Long> shape, int examples, SplittableRandom random) {
        long[] sizes = new long[shape.size() + 1];
        sizes[0] = examples;
        for (int i = 0; i < shape.size(); i++) {
            sizes[i + 1] = shape.get(i);
        }
        long length = shape.stream().reduce((long) examples, Math::multiplyExact);
        return Nd4j.createFromArray(random.doubles(length).toArray()).reshape(sizes);
    }

    @Override
    public void close() {
        release.run();
    }
}
