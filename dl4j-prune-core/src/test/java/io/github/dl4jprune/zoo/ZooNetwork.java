package io.github.dl4jprune.zoo;

import io.github.dl4jprune.channel.PinReason;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.FaceNetNN4Small2;
import org.deeplearning4j.zoo.model.InceptionResNetV1;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.TextGenerationLSTM;
import org.deeplearning4j.zoo.model.TinyYOLO;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.deeplearning4j.zoo.model.Xception;
import org.deeplearning4j.zoo.model.YOLO2;

/**
 * The zoo models of DL4J M2.1 that can be built without a download, with ten classes and the smallest input that works.
 * NASNet is missing: its configuration cannot be built.
 */
@SuppressWarnings("ImmutableEnumChecker") // shapes and recipes are never written to
enum ZooNetwork {
    LENET(
            (seed, shape) ->
                    LeNet.builder().seed(seed).numClasses(10).inputShape(shape).build(),
            1,
            28,
            28),
    SIMPLE_CNN(
            (seed, shape) -> SimpleCNN.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            48,
            48),
    ALEX_NET(
            (seed, shape) -> AlexNet.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            224,
            224),
    VGG_16(
            (seed, shape) ->
                    VGG16.builder().seed(seed).numClasses(10).inputShape(shape).build(),
            3,
            32,
            32),
    VGG_19(
            (seed, shape) ->
                    VGG19.builder().seed(seed).numClasses(10).inputShape(shape).build(),
            3,
            32,
            32),
    RES_NET_50(
            (seed, shape) -> ResNet50.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            128,
            128),
    SQUEEZE_NET(
            (seed, shape) -> SqueezeNet.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            64,
            64),
    DARKNET_19(
            (seed, shape) -> Darknet19.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            64,
            64),
    U_NET(
            (seed, shape) ->
                    UNet.builder().seed(seed).numClasses(10).inputShape(shape).build(),
            3,
            64,
            64),
    XCEPTION(
            (seed, shape) -> Xception.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            128,
            128),
    INCEPTION_RES_NET_V1(
            (seed, shape) -> InceptionResNetV1.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            160,
            160),
    FACE_NET_NN4_SMALL_2(
            (seed, shape) -> FaceNetNN4Small2.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            96,
            96),
    TINY_YOLO(
            (seed, shape) -> TinyYOLO.builder()
                    .seed(seed)
                    .numClasses(10)
                    .inputShape(shape)
                    .build(),
            3,
            64,
            64),
    YOLO_2(
            (seed, shape) ->
                    YOLO2.builder().seed(seed).numClasses(10).inputShape(shape).build(),
            3,
            64,
            64),
    // its own shape is [time, characters], and it reads but the second of it
    TEXT_GENERATION_LSTM(
            (seed, shape) -> TextGenerationLSTM.builder()
                    .seed(seed)
                    .totalUniqueCharacters(shape[0])
                    .inputShape(new int[] {shape[1], shape[0]})
                    .build(),
            77,
            20);

    /** Builds a zoo model for inputs of a shape. */
    @FunctionalInterface
    private interface Recipe {
        ZooModel<?> model(long seed, int[] shape);
    }

    private final Recipe recipe;
    private final int[] shape;

    ZooNetwork(Recipe recipe, int... shape) {
        this.recipe = recipe;
        this.shape = shape;
    }

    /** The network, initialised at random. */
    Model build(long seed) {
        return recipe.model(seed, shape).init();
    }

    /** What DL4J calls it. */
    String title() {
        return recipe.model(0, shape).getClass().getSimpleName();
    }

    /** The layers whose channels cannot be removed: those of the outputs, and those behind a true barrier. */
    Map<String, PinReason> pins() {
        return switch (this) {
            case LENET, RES_NET_50 -> Map.of("output", PinReason.NETWORK_OUTPUT);
            case VGG_16 -> Map.of("20", PinReason.NETWORK_OUTPUT);
            case VGG_19 -> Map.of("22", PinReason.NETWORK_OUTPUT);
            case XCEPTION -> Map.of("predictions", PinReason.NETWORK_OUTPUT);
            case INCEPTION_RES_NET_V1 -> Map.of("outputLayer", PinReason.NETWORK_OUTPUT);
            case TINY_YOLO -> Map.of("convolution2d_9", PinReason.NETWORK_OUTPUT);
            case YOLO_2 -> Map.of("convolution2d_23", PinReason.NETWORK_OUTPUT);
            case U_NET -> Map.of("conv10", PinReason.NETWORK_OUTPUT);
            case TEXT_GENERATION_LSTM -> Map.of("layer2", PinReason.NETWORK_OUTPUT);
            case SIMPLE_CNN -> Map.of("layer30", PinReason.SOFTMAX);
            case SQUEEZE_NET -> Map.of("conv10", PinReason.SOFTMAX);
            case DARKNET_19 -> Map.of("convolution2d_19", PinReason.SOFTMAX);
            case ALEX_NET ->
                Map.of(
                        "cnn1",
                        PinReason.LOCAL_RESPONSE_NORMALIZATION,
                        "cnn2",
                        PinReason.LOCAL_RESPONSE_NORMALIZATION,
                        "output",
                        PinReason.NETWORK_OUTPUT);
            case FACE_NET_NN4_SMALL_2 ->
                Map.of(
                        "stem-cnn1",
                        PinReason.LOCAL_RESPONSE_NORMALIZATION,
                        "inception-2-cnn2",
                        PinReason.LOCAL_RESPONSE_NORMALIZATION,
                        "lossLayer",
                        PinReason.NETWORK_OUTPUT);
        };
    }

    /** How much larger than behind a ReLU the weights in front of a sigmoid must be, for inputs to reach the outputs. */
    double sigmoidGain() {
        return this == SQUEEZE_NET ? 8 : 3;
    }

    /** One example's shape. */
    long[] inputShape() {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    /** One example's shape as a table writes it. */
    String input() {
        return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    }
}
