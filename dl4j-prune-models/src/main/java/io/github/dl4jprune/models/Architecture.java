package io.github.dl4jprune.models;

import io.github.dl4jprune.text.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/**
 * A published network shape that can be built untrained, to be trained from scratch or filled by {@link
 * CheckpointImport}. Input is {@code [examples, channels, height, width]} (NCHW), output softmax over the classes.
 *
 * <p>Layers are named after the arrays of the published checkpoints ({@code layer1.0.conv1} holds {@code
 * layer1.0.conv1.weight}), so that figures and masks of papers can be found again.
 */
public sealed interface Architecture permits CifarResNet, ResNet8, Vgg16, VggSmall, DenseNet, SeparableNet, LeNet5 {
    /** The name by which the command line and reports know this architecture, such as {@code resnet20}. */
    String name();

    /** How the published checkpoints name and lay out their arrays. */
    ArrayNaming naming();

    /** What the published checkpoints expect of their input pixels. */
    PixelScale pixels();

    /** The shape of one image, {@code [channels, height, width]}. */
    List<Integer> imageShape();

    /**
     * Builds the network with random weights, initialised and ready to train. ND4J's global generator is reseeded, as
     * by every DL4J network that initialises itself.
     *
     * @param options seed, classes, data type and training configuration
     * @return a new {@code ComputationGraph} or {@code MultiLayerNetwork}
     */
    Model build(ModelOptions options);

    /**
     * The architectures that have a published name, in the order in which help texts list them.
     *
     * @return one of each name
     */
    static List<Architecture> all() {
        return List.of(
                new CifarResNet(20),
                new CifarResNet(32),
                new CifarResNet(44),
                new CifarResNet(56),
                new CifarResNet(110),
                new ResNet8(),
                new Vgg16(Vgg16.HALF_WIDTH),
                new DenseNet(40, 12),
                new SeparableNet(),
                new LeNet5(),
                new VggSmall());
    }

    /**
     * The architecture of that name.
     *
     * @param name one of {@code resnet20, resnet32, resnet44, resnet56, resnet110, resnet8, vgg16, densenet40, dwsep,
     *     lenet5, vgg-small}
     * @return the architecture in its published size
     * @throws IllegalArgumentException if there is none of that name; the message suggests the nearest
     */
    static Architecture named(String name) {
        Map<String, Architecture> byName = new LinkedHashMap<>();
        all().forEach(architecture -> byName.put(architecture.name(), architecture));
        Architecture found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("architecture must be one of " + String.join(", ", byName.keySet())
                    + ", got \"" + name + "\"" + NearestName.hint(name, byName.keySet()));
        }
        return found;
    }
}
