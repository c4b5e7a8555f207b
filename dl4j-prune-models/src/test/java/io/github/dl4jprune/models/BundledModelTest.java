package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.datasets.EmbeddedImages;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class BundledModelTest {
    @Test
    void the_small_network_knows_the_embedded_images() throws IOException {
        SavedModel model = BundledModel.VGG_SMALL.read();
        ImageIterator images = new ImageIterator.Builder(
                        new EmbeddedImages().load(Split.VALIDATION).take(300))
                .build();
        images.setPreProcessor(model.normalizer());

        double accuracy = ((MultiLayerNetwork) model.network()).evaluate(images).accuracy();

        assertThat(accuracy).isGreaterThan(0.9);
        assertThat(model.inputShapes().shapes()).containsExactly(List.of(3L, 32L, 32L));
    }

    @Test
    void the_vgg_of_cifar_10_is_whole() throws IOException {
        SavedModel model = BundledModel.VGG16_CIFAR10.read();

        assertThat(model.network().numParams())
                .isEqualTo(new Vgg16(Vgg16.HALF_WIDTH)
                        .build(ModelOptions.defaults())
                        .numParams());
        assertThat(model.normalizer()).isNotNull();
        assertThat(model.inputShapes().shapes()).containsExactly(List.of(3L, 32L, 32L));
    }
}
