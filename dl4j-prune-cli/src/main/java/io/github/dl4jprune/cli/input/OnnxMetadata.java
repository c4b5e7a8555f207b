package io.github.dl4jprune.cli.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;

/** What {@code export} writes into a model so that {@code verify} and {@code bench} know it. */
public final class OnnxMetadata {
    /** Multiply-adds of one example. */
    public static final String MACS = "dl4j-prune.macs";

    /** Whether the model takes raw pixels. */
    public static final String NORMALISATION = "dl4j-prune.normalisation";

    /** ND4J's form of the normaliser that the model's input has to go through before, in base 64. */
    public static final String NORMALISER = "dl4j-prune.normaliser";

    /** Of {@link #NORMALISATION}: the model takes raw pixels. */
    public static final String INCLUDED = "included";
    /** Of {@link #NORMALISATION}: it wants normalised ones. */
    public static final String LEFT_OUT = "left out";

    private OnnxMetadata() {}

    /** A normaliser as text, to be read by {@link #normalizer}. */
    public static String text(DataNormalization normalizer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer, bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The normaliser that the model leaves to whoever feeds it, if it says so. */
    public static Optional<DataNormalization> normalizer(Map<String, String> metadata) {
        String text = metadata.get(NORMALISER);
        if (text == null) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getDecoder().decode(text);
        FutureTask<DataNormalization> restored = // what ND4J throws has no common type
                new FutureTask<>(() -> NormalizerSerializer.getDefault().restore(new ByteArrayInputStream(bytes)));
        restored.run();
        try {
            return Optional.of(restored.get());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalArgumentException("metadata \"" + NORMALISER + "\" must hold a normaliser of ND4J", e);
        }
    }
}
