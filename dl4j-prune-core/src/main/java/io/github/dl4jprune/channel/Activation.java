package io.github.dl4jprune.channel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The array that flows along an edge: which channel lies at which position of its channel axis.
 *
 * <p>A channel may lie at several positions (a flattened feature map repeats each channel once a pixel). An activation
 * of unknown width has no ids; nothing that flows into it or out of it can be removed.
 */
final class Activation {
    /** Rank is not known, as at a network input that no layer has read yet. */
    static final int ANY_RANK = -1;

    private final int @Nullable [] ids;
    private final int rank;
    private final int axis;
    private final boolean silent;
    private final @Nullable Missing missing;

    /**
     * What is known of an unknown width: that of a network input plus so many channels.
     *
     * @param input name of the network input whose width is not known
     * @param others number of channels beside it
     */
    record Missing(String input, int others) {}

    /**
     * Describes an activation.
     *
     * @param ids channel ids along the channel axis; null if the width is unknown
     * @param rank number of axes, the minibatch axis included, or {@link #ANY_RANK}
     * @param axis the channel axis
     * @param silent whether a pruned channel is exactly zero here, whatever the input
     */
    Activation(int @Nullable [] ids, int rank, int axis, boolean silent) {
        this(ids, rank, axis, silent, null);
    }

    private Activation(int @Nullable [] ids, int rank, int axis, boolean silent, @Nullable Missing missing) {
        this.ids = ids;
        this.rank = rank;
        this.axis = axis;
        this.silent = silent;
        this.missing = missing;
    }

    /** An activation of unknown width whose channels nobody may remove. */
    static Activation opaque(int rank, int axis) {
        return new Activation(null, rank, axis, true, null);
    }

    /** As {@link #opaque(int, int)}, and the width is known but for that of one network input. */
    static Activation missing(int rank, int axis, Missing missing) {
        return new Activation(null, rank, axis, true, missing);
    }

    @Nullable
    Missing missing() {
        return missing;
    }

    boolean isOpaque() {
        return ids == null;
    }

    /** Channel ids along the channel axis; only for activations that are not opaque. */
    int[] ids() {
        if (ids == null) {
            throw new IllegalStateException("activation must have a known width");
        }
        return ids;
    }

    int rank() {
        return rank;
    }

    int axis() {
        return axis;
    }

    boolean silent() {
        return silent;
    }

    Activation withIds(int[] newIds) {
        return new Activation(newIds, rank, axis, silent, null);
    }

    Activation withLayout(int newRank, int newAxis) {
        return new Activation(ids, newRank, newAxis, silent, missing);
    }

    Activation withSilence(boolean nowSilent) {
        return new Activation(ids, rank, axis, nowSilent, missing);
    }

    /** Each id {@code times} times in a row: {@code a a b b}. */
    static int[] repeatEach(int[] ids, int times) {
        int[] result = new int[Math.multiplyExact(ids.length, times)];
        for (int i = 0; i < ids.length; i++) {
            Arrays.fill(result, i * times, (i + 1) * times, ids[i]);
        }
        return result;
    }

    /** The whole array {@code times} times: {@code a b a b}. */
    static int[] tile(int[] ids, int times) {
        int[] result = new int[Math.multiplyExact(ids.length, times)];
        for (int i = 0; i < times; i++) {
            System.arraycopy(ids, 0, result, i * ids.length, ids.length);
        }
        return result;
    }
}
