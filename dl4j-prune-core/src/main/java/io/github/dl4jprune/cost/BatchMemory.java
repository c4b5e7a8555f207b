package io.github.dl4jprune.cost;

import io.github.dl4jprune.network.ActivationTypes;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * The memory that one example of a batch takes at least. A lower bound: what a batch above {@link #largestBatch()} needs
 * is certainly not there, and one below may still need more, for example to unroll convolutions.
 *
 * @param inputValues values of all inputs of one example; a batch of them is filled from one Java array
 * @param nativeBytes bytes outside of Java's heap
 */
public record BatchMemory(long inputValues, long nativeBytes) {
    /** Checks the ranges. */
    public BatchMemory {
        if (inputValues < 1 || nativeBytes < 0) {
            throw new IllegalArgumentException(
                    "an example must have values and bytes, got " + inputValues + " and " + nativeBytes);
        }
    }

    /**
     * What inference keeps: the input and the largest activation, as layers in between hand their memory on.
     *
     * @param inputs the size of one example
     */
    public static BatchMemory ofInference(NetworkView<? extends Model> network, InputTypes inputs) {
        return of(network, inputs, activations(network, inputs, false).max().orElse(0));
    }

    /**
     * What training keeps: the input, and the activations of all layers with weights, which the backward pass reads.
     *
     * @param inputs the size of one example
     */
    public static BatchMemory ofTraining(NetworkView<? extends Model> network, InputTypes inputs) {
        return of(network, inputs, activations(network, inputs, true).sum());
    }

    private static BatchMemory of(NetworkView<? extends Model> network, InputTypes inputs, long activations) {
        long values = inputs.types().stream().mapToLong(BatchMemory::values).sum();
        return new BatchMemory(
                Math.max(1, values), (values + activations) * network.dataType().width());
    }

    private static LongStream activations(NetworkView<? extends Model> network, InputTypes inputs, boolean weighted) {
        ActivationTypes types = ActivationTypes.of(network.structure(), inputs.types());
        return network.structure().nodes().stream()
                .filter(node -> !weighted || hasWeights(network, node))
                .flatMap(node -> types.written(node.name()).stream())
                .mapToLong(BatchMemory::values);
    }

    private static boolean hasWeights(NetworkView<? extends Model> network, NetworkNode node) {
        return node.content() instanceof LayerContent
                && !network.parameters(node.name()).isEmpty();
    }

    private static long values(InputType type) {
        return LongStream.of(type.getShape(false)).map(Math::abs).reduce(1, (a, b) -> a * b);
    }

    /**
     * The largest batch that this process could hold.
     *
     * @return by Java's heap, JavaCPP's limits ({@code org.bytedeco.javacpp.maxbytes}, {@code maxphysicalbytes}) and the
     *     length of a Java array
     */
    public int largestBatch() {
        long outside = LongStream.of(Pointer.maxBytes(), Pointer.maxPhysicalBytes())
                .filter(limit -> limit > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return largestBatch(Runtime.getRuntime().maxMemory(), outside);
    }

    /**
     * The largest batch within limits.
     *
     * @param heap bytes of Java's heap
     * @param outside bytes outside of it
     * @return at least 0
     */
    public int largestBatch(long heap, long outside) {
        long byArray = Integer.MAX_VALUE / inputValues;
        long byHeap = heap / (inputValues * Float.BYTES);
        long byNative = nativeBytes == 0 ? Integer.MAX_VALUE : outside / nativeBytes;
        return (int) Math.min(byArray, Math.min(byHeap, byNative));
    }
}
