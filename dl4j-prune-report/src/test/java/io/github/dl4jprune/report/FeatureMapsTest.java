package io.github.dl4jprune.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jprune.network.NetworkView;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureMapsTest {
    @TempDir
    private Path folder;

    /** One 1 x 1 convolution of one channel into four, with the weights 1, 5, -2 and 4. */
    private static NetworkView<MultiLayerNetwork> network(CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .name("conv1")
                        .nOut(4)
                        .dataFormat(format)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new GlobalPoolingLayer.Builder().name("pool").build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(1, 3, 1, format))
                .build());
        network.init();
        network.getLayer(0)
                .getParam("W")
                .assign(Nd4j.createFromArray(1.0, 5.0, -2.0, 4.0).reshape(4, 1, 1, 1));
        return NetworkView.of(network);
    }

    private static INDArray image(CNN2DFormat format) {
        INDArray pixels = Nd4j.createFromArray(0.0, 1.0, 2.0);
        return format == CNN2DFormat.NCHW ? pixels.reshape(1, 1, 1, 3) : pixels.reshape(1, 1, 3, 1);
    }

    private String html(FeatureMaps maps) throws IOException {
        Path file = Written.to(folder.resolve("p.json"), Written.PRUNE);
        return Report.of(List.of(file)).with(maps).html();
    }

    private static List<BufferedImage> pictures(String html) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("src=\"data:image/png;base64,([^\"]*)\"").matcher(html.replace("&#x3D;", "="));
        while (matcher.find()) {
            pictures.add(
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1)))));
        }
        return pictures;
    }

    @ParameterizedTest
    @EnumSource(
            value = CNN2DFormat.class,
            names = {"NCHW", "NHWC"})
    void every_channel_is_drawn_from_its_smallest_value_to_its_largest(CNN2DFormat format) throws IOException {
        FeatureMaps maps = FeatureMaps.of(network(format), "conv1", List.of(0, 1, 2, 3), image(format));

        List<BufferedImage> pictures = pictures(html(maps));

        assertThat(pictures).hasSize(1 + 4);
        assertThat(pictures.get(1).getRGB(0, 0, 3, 1, null, 0, 3)).containsExactly(0xff000000, 0xff808080, 0xffffffff);
        assertThat(pictures.get(3).getRGB(0, 0, 3, 1, null, 0, 3)).containsExactly(0xffffffff, 0xff808080, 0xff000000);
    }

    @Test
    void a_pruned_channel_is_framed_and_its_nearest_kept_channels_follow() throws IOException {
        FeatureMaps maps =
                FeatureMaps.of(network(CNN2DFormat.NCHW), "conv1", List.of(0, 2, 3), image(CNN2DFormat.NCHW));

        String html = html(maps);

        assertThat(html.replaceAll("src=\"[^\"]*\" ", ""))
                .contains("<figure class=\"map pruned\"><img alt=\"channel 1, pruned\">")
                .contains("<figure class=\"map kept\"><img alt=\"channel 2, kept\">");
        assertThat(html.indexOf("<figcaption>1 pruned</figcaption>"))
                .isPositive()
                .isLessThan(html.indexOf("<figcaption>3, distance 1</figcaption>"));
        assertThat(html.indexOf("<figcaption>3, distance 1</figcaption>"))
                .isPositive()
                .isLessThan(html.indexOf("<figcaption>0, distance 4</figcaption>"));
        assertThat(html.indexOf("<figcaption>0, distance 4</figcaption>"))
                .isPositive()
                .isLessThan(html.indexOf("<figcaption>2, distance 7</figcaption>"));
    }

    private static void refused(String layer, List<Integer> kept, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureMaps.of(network(CNN2DFormat.NCHW), layer, kept, image(CNN2DFormat.NCHW)))
                .withMessage(message);
    }

    @Test
    void an_unknown_layer() {
        refused("conv2", List.of(0), "layer \"conv2\" is not in the network, did you mean \"conv1\"?");
    }

    @Test
    void a_layer_without_images() {
        refused("output", List.of(0), "layer \"output\" must put out images, got the shape [1, 2]");
    }

    @Test
    void a_network_that_was_pruned_already() {
        refused(
                "conv1",
                List.of(1, 9),
                "layer \"conv1\" must be that of the network before pruning: it has 4 channels, channel 9 was kept");
    }

    @Test
    void results_tell_which_channels_were_kept() throws IOException {
        Report report = Report.of(List.of(Written.to(folder.resolve("p.json"), Written.PRUNE)));

        assertThat(report.keptChannels("conv1")).containsExactly(0, 1);
    }

    @Test
    void results_that_do_not_know_the_layer() throws IOException {
        Report report = Report.of(List.of(Written.to(folder.resolve("p.json"), Written.PRUNE)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.keptChannels("conv2"))
                .withMessage("results must say which channels of layer \"conv2\" were kept (prune and shrink do), none"
                        + " does, did you mean \"conv1\"?");
    }
}
