package io.github.dl4jprune.datasets;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.datavec.image.loader.ImageLoader;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One image file, decoded by DataVec's pure Java loader, which needs no native library.
 *
 * @param shape three channels and the image's own size
 * @param pixels red, green and blue plane
 */
@SuppressWarnings("ArrayRecordComponent")
record ImageFile(ImageShape shape, byte[] pixels) {
    private static final int CHANNELS = 3;
    private static final ImageLoader LOADER = new ImageLoader(-1, -1, CHANNELS);

    static ImageFile read(Path file) {
        byte[] content = content(file);
        if (truncatedJpeg(content)) {
            throw new DataSourceException("%s: JPEG without an end marker, the file is cut off".formatted(file));
        }
        BufferedImage image = ImageLoader.toBufferedImage(decode(file, content), BufferedImage.TYPE_3BYTE_BGR);
        ImageShape shape = new ImageShape(CHANNELS, image.getHeight(), image.getWidth());
        return new ImageFile(shape, planes(LOADER.toBgr(image), shape.plane()));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Folders.unreadable(file, e);
        }
    }

    private static BufferedImage decode(Path file, byte[] content) {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(content));
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            // decoders meet corrupt files with unchecked exceptions, too
            throw new DataSourceException("%s: not a readable image, the file is corrupt".formatted(file), e);
        }
        if (image == null) {
            throw new DataSourceException("%s: not an image of a known format".formatted(file));
        }
        return image;
    }

    /** Blue, green, red planes of DataVec to the bytes of red, green, blue planes. */
    private static byte[] planes(INDArray bgr, int plane) {
        float[] values = bgr.dup('c').data().asFloat();
        byte[] planes = new byte[CHANNELS * plane];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < plane; i++) {
                planes[channel * plane + i] = (byte) (int) values[(CHANNELS - 1 - channel) * plane + i];
            }
        }
        return planes;
    }

    /**
     * Java's JPEG decoder fills what is missing with grey and says nothing. Within compressed data the end marker FF D9
     * cannot occur, so a whole file has one after its last start of scan, FF DA.
     */
    private static boolean truncatedJpeg(byte[] content) {
        return content.length > 2
                && (content[0] & 0xFF) == 0xFF
                && (content[1] & 0xFF) == 0xD8
                && lastMarker(content, 0xD9) < lastMarker(content, 0xDA);
    }

    private static int lastMarker(byte[] content, int code) {
        int at = content.length - 2;
        while (at >= 0 && !((content[at] & 0xFF) == 0xFF && (content[at + 1] & 0xFF) == code)) {
            at--;
        }
        return at;
    }
}
