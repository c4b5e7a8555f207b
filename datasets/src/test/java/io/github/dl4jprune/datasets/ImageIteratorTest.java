package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

class ImageIteratorTest {
    private static final ImageShape SHAPE = new ImageShape(2, 2, 3);

    private final LabeledImages images = Samples.counting(10, SHAPE);

    @Test
    void batches_hold_raw_pixels_and_one_hot_labels_in_file_order() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        DataSet first = iterator.next();
        DataSet second = iterator.next();

        assertThat(first.getFeatures())
                .isEqualTo(Nd4j.arange(48).castTo(DataType.FLOAT).reshape(4, 2, 2, 3));
        assertThat(first.getLabels()).isEqualTo(Nd4j.createFromArray(new float[][] {
            {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}
        }));
        assertThat(second.getFeatures().getFloat(0, 0, 0, 0)).isEqualTo(48);
    }

    @Test
    void pixels_are_unsigned() {
        DataSet all =
                new ImageIterator.Builder(Samples.counting(30, SHAPE)).build().next();

        assertThat(all.getFeatures().getFloat(20, 1, 1, 2)).isEqualTo(251);
    }

    @Test
    void the_last_batch_holds_what_is_left() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        assertThat(iterator.batches()).isEqualTo(3);
        assertThat(sizes(iterator)).containsExactly(4, 4, 2);
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nhwc_holds_the_same_pixels_with_channels_last() {
        INDArray nchw = new ImageIterator.Builder(images).build().next().getFeatures();

        INDArray nhwc = new ImageIterator.Builder(images)
                .format(CNN2DFormat.NHWC)
                .build()
                .next()
                .getFeatures();

        assertThat(nhwc.shape()).containsExactly(10, 2, 3, 2);
        assertThat(nhwc.getFloat(7, 1, 2, 0)).isEqualTo(nchw.getFloat(7, 0, 1, 2));
        assertThat(nhwc.permute(0, 3, 1, 2)).isEqualTo(nchw);
    }

    @Test
    void double_is_exact() {
        DataSet data = new ImageIterator.Builder(images)
                .dataType(DataType.DOUBLE)
                .build()
                .next();

        assertThat(data.getFeatures())
                .isEqualTo(Nd4j.arange(120).castTo(DataType.DOUBLE).reshape(10, 2, 2, 3));
        assertThat(data.getLabels().dataType()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void the_pre_processor_sees_nchw_whatever_the_format() {
        NormalizerStandardize perChannel = new NormalizerStandardize();
        perChannel.fit(new ImageIterator.Builder(images).batch(10).build());
        ImageIterator nchw = new ImageIterator.Builder(images).build();
        ImageIterator nhwc =
                new ImageIterator.Builder(images).format(CNN2DFormat.NHWC).build();
        nchw.setPreProcessor(perChannel);
        nhwc.setPreProcessor(perChannel);

        INDArray expected = nchw.next().getFeatures();

        assertThat(nhwc.next().getFeatures().permute(0, 3, 1, 2)).isEqualTo(expected);
        assertThat(expected.mean(0, 2, 3).getDouble(0)).isBetween(-1e-5, 1e-5);
        assertThat(nhwc.getPreProcessor()).isSameAs(perChannel);
    }

    @Test
    void a_scaler_scales() {
        ImageIterator iterator = new ImageIterator.Builder(images).build();
        iterator.setPreProcessor(new ImagePreProcessingScaler(0, 1));

        assertThat(iterator.next().getFeatures().getFloat(0, 0, 0, 1)).isEqualTo(1 / 255f);
    }

    @Test
    void shuffling_visits_every_example_once_in_an_order_that_changes_with_the_epoch() {
        ImageIterator iterator =
                new ImageIterator.Builder(images).batch(4).shuffle(7).build();

        List<Integer> first = order(iterator);
        iterator.reset();
        List<Integer> second = order(iterator);

        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
        assertThat(iterator.epoch()).isEqualTo(1);
    }

    @Test
    void the_order_depends_on_seed_and_epoch_not_on_batch_size_or_history() {
        ImageIterator small =
                new ImageIterator.Builder(images).batch(1).shuffle(7).build();
        ImageIterator large =
                new ImageIterator.Builder(images).batch(9).shuffle(7).build();
        ImageIterator other =
                new ImageIterator.Builder(images).batch(9).shuffle(8).build();
        small.epoch(5);
        other.epoch(5);
        for (int epoch = 0; epoch < 5; epoch++) {
            order(large);
            large.reset();
        }

        List<Integer> fifth = order(small);

        assertThat(order(large)).isEqualTo(fifth);
        assertThat(order(other)).isNotEqualTo(fifth);
    }

    @Test
    void labels_stay_with_their_images() {
        ImageIterator iterator = new ImageIterator.Builder(images).shuffle(3).build();

        DataSet data = iterator.next();

        for (int i = 0; i < 10; i++) {
            int example = (int) data.getFeatures().getFloat(i, 0, 0, 0) / SHAPE.bytes();
            assertThat(data.getLabels().getFloat(i, images.label(example))).isEqualTo(1);
            assertThat(data.getLabels().getRow(i).sumNumber().floatValue()).isEqualTo(1);
        }
    }

    @Test
    void an_interrupted_epoch_goes_on_where_it_stopped() {
        LabeledImages photos = new EmbeddedImages().load(Split.TEST).take(50);
        ImageIterator.Builder settings =
                new ImageIterator.Builder(photos).batch(16).shuffle(1).augmentation(Augmentation.CROP_FLIP);
        ImageIterator uninterrupted = settings.build();
        ImageIterator resumed = settings.build();
        uninterrupted.epoch(2);
        uninterrupted.next();
        uninterrupted.next();

        resumed.resumeAt(2, 2);

        while (uninterrupted.hasNext()) {
            assertThat(resumed.next()).isEqualTo(uninterrupted.next());
        }
        assertThat(resumed.hasNext()).isFalse();
    }

    @Test
    void resuming_after_the_last_batch_leads_to_the_next_epoch() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        iterator.resumeAt(2, 3);

        assertThat(iterator.hasNext()).isFalse();
        iterator.reset();
        assertThat(iterator.epoch()).isEqualTo(3);
    }

    @Test
    void resetting_twice_does_not_skip_an_epoch() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        iterator.reset();
        iterator.next();
        iterator.reset();
        iterator.reset();

        assertThat(iterator.epoch()).isEqualTo(1);
        assertThat(sizes(iterator)).containsExactly(4, 4, 2);
    }

    @Test
    void the_global_random_generator_is_not_touched() {
        Nd4j.getRandom().setSeed(5);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(5);

        new ImageIterator.Builder(images)
                .shuffle(1)
                .augmentation(Augmentation.CROP_FLIP)
                .build()
                .next();

        assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
    }

    @Test
    void it_describes_itself_as_dl4j_asks() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        assertThat(iterator.batch()).isEqualTo(4);
        assertThat(iterator.inputColumns()).isEqualTo(12);
        assertThat(iterator.totalOutcomes()).isEqualTo(3);
        assertThat(iterator.getLabels()).containsExactly("a", "b", "c");
        assertThat(iterator.resetSupported()).isTrue();
        assertThat(iterator.asyncSupported()).isFalse();
    }

    @Test
    void bad_settings_are_refused() {
        ImageIterator.Builder builder = new ImageIterator.Builder(images);

        assertThatThrownBy(() -> builder.batch(0)).hasMessage("batch: must be >= 1, got 0");
        assertThatThrownBy(() -> builder.dataType(DataType.INT32))
                .hasMessage("data type: must be FLOAT or DOUBLE, got INT");
        assertThatThrownBy(() -> new ImageIterator.Builder(images.slice(3, 3)))
                .hasMessage("images: must be at least 1, got 0");
        assertThatThrownBy(() -> builder.augmentation(Augmentation.CROP_FLIP).build())
                .hasMessage("augmentation: crop-flip needs a seed, call shuffle(seed)");
    }

    @Test
    void bad_positions_are_refused() {
        ImageIterator iterator = new ImageIterator.Builder(images).batch(4).build();

        assertThatThrownBy(() -> iterator.epoch(-1)).hasMessage("epoch: must be >= 0, got -1");
        assertThatThrownBy(() -> iterator.resumeAt(0, 4)).hasMessage("batches: must be in [0, 3], got 4");
        assertThatThrownBy(() -> iterator.next(0)).hasMessage("num: must be >= 1, got 0");
    }

    private static List<Integer> sizes(ImageIterator iterator) {
        List<Integer> sizes = new ArrayList<>();
        while (iterator.hasNext()) {
            sizes.add(iterator.next().numExamples());
        }
        return sizes;
    }

    /** The numbers of the examples, told by their first pixel. */
    private static List<Integer> order(ImageIterator iterator) {
        List<Integer> order = new ArrayList<>();
        while (iterator.hasNext()) {
            INDArray features = iterator.next().getFeatures();
            for (int i = 0; i < features.size(0); i++) {
                order.add((int) features.getFloat(i, 0, 0, 0) / SHAPE.bytes());
            }
        }
        return order;
    }
}
