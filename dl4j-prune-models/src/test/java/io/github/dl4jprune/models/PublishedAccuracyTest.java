package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.acceleration.OneDnn;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The accuracy of every published network, through the fast path where this machine has one. */
@Tag("slow")
class PublishedAccuracyTest {
    private static final int IMAGES = 5000;
    private static final int BATCH = 100;

    @BeforeAll
    static void be_fast() {
        OneDnn.enable();
    }

    @AfterAll
    static void be_as_before() {
        OneDnn.disable();
    }

    /** Published on all 10,000 images (vgg16: the first 5,000, densenet40: 1,000); here the first 5,000. */
    @ParameterizedTest
    @CsvSource({
        "resnet20.npz, resnet20, 0.9173",
        "resnet56.npz, resnet56, 0.9339",
        "vgg16_w32.npz, vgg16, 0.9084",
        "densenet40_12_fast.npz, densenet40, 0.945",
        "dwsep_light.npz, dwsep, 0.9190",
        "resnet8.npz, resnet8, 0.8719",
        "mlperf_tiny_resnet8.h5, , 0.8719",
        "lenet5_mnist.npz, lenet5, 0.9822"
    })
    void accuracy_on_five_thousand_test_images_is_the_published_one(String file, String name, double published)
            throws IOException {
        ImportedModel model = name == null
                ? KerasImport.h5(Shared.weights(file))
                : CheckpointImport.npz(Shared.weights(file), Architecture.named(name));

        double sum = 0;
        for (int from = 0; from < IMAGES; from += BATCH) {
            TestImages images = "lenet5".equals(name)
                    ? TestImages.mnist(from, BATCH, DataType.FLOAT)
                    : TestImages.cifar(from, BATCH, DataType.FLOAT);
            sum += images.accuracy(model);
        }
        double accuracy = sum * BATCH / IMAGES;

        System.out.printf("%s: accuracy %.4f%n", file, accuracy);
        assertThat(accuracy).isCloseTo(published, within(0.01));
    }
}
