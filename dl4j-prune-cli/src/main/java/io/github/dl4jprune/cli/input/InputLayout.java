package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.datasets.ImageShape;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;

/**
 * How a network wants its images.
 *
 * @param format axis order
 * @param flat whether channels, rows and columns are one axis
 */
record InputLayout(CNN2DFormat format, boolean flat) {
    /**
     * The layout of a model's only input.
     *
     * @throws IllegalArgumentException if images of that shape do not fit
     */
    static InputLayout of(SavedModel model, ImageShape images) {
        InputTypes inputs = ModelInputs.types(model);
        InputType input = inputs.types().get(0);
        boolean sizesMatter = inputs.origin() == InputTypes.Origin.GIVEN;
        if (inputs.types().size() == 1
                && input instanceof InputTypeConvolutional image
                && image.getChannels() == images.channels()
                && !(sizesMatter && (image.getHeight() != images.height() || image.getWidth() != images.width()))
                && fits(model, images, image.getFormat())) {
            return new InputLayout(image.getFormat(), false);
        }
        if (inputs.types().size() == 1
                && input instanceof InputTypeFeedForward vector
                && vector.getSize() == images.bytes()) {
            return new InputLayout(CNN2DFormat.NCHW, true);
        }
        throw new IllegalArgumentException("images of %s do not fit the network, whose input is %s"
                .formatted(images, ModelInputs.text(inputs.shapes())));
    }

    /** Whether the network's layers take images of that size, where nobody stated one. */
    private static boolean fits(SavedModel model, ImageShape images, CNN2DFormat format) {
        long[] shape = format == CNN2DFormat.NCHW
                ? new long[] {images.channels(), images.height(), images.width()}
                : new long[] {images.height(), images.width(), images.channels()};
        return InputTypes.misfit(NetworkView.of(model.network()).structure(), List.of(shape))
                .isEmpty();
    }
}
