package io.github.dl4jprune.examples;

import io.github.dl4jprune.datasets.EmbeddedImages;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in the format of CIFAR-10, with a few of the embedded images in it. */
final class TinyCifar {
    private static final int RECORDS = 8;

    private TinyCifar() {}

    static void write(Path folder) throws IOException {
        LabeledImages images = new EmbeddedImages().load(Split.TRAIN);
        for (int file = 1; file <= 5; file++) {
            write(folder.resolve("data_batch_" + file + ".bin"), images, file * RECORDS);
        }
        write(folder.resolve("test_batch.bin"), images, 0);
        Files.writeString(
                folder.resolve("batches.meta.txt"),
                "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n");
    }

    private static void write(Path file, LabeledImages images, int from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int example = from; example < from + RECORDS; example++) {
            bytes.write(images.label(example));
            for (int channel = 0; channel < 3; channel++) {
                for (int pixel = 0; pixel < 32 * 32; pixel++) {
                    bytes.write(images.pixel(example, channel, pixel / 32, pixel % 32));
                }
            }
        }
        Files.write(file, bytes.toByteArray());
    }
}
