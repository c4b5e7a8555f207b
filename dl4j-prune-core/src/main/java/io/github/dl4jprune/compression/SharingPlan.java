package io.github.dl4jprune.compression;

import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;

/**
 * How weights become shared: the second stage of Deep Compression. In each weight tensor the weights that are 0 stay 0, and
 * the others become one of at most {@code 2^bits} centroids. Vectors (biases, batch norm) keep their values, rounded to
 * {@code vectors}; so does every weight tensor for which sharing would not make the file smaller.
 *
 * <p>Centroids and vectors are FLOAT by default for networks of either data type: a DOUBLE network stays DOUBLE, with values
 * that a float holds exactly. {@link Precision#DOUBLE} vectors keep a DOUBLE network's vectors as they are.
 *
 * @param convolutionBits for weights of convolutions, 1 to {@value #MOST_BITS}
 * @param denseBits for weights of other layers, 1 to {@value #MOST_BITS}
 * @param layerBits exceptions by layer name
 * @param clustering how centroids are found
 * @param centroids type of the stored centroids
 * @param vectors type of stored vectors
 */
public record SharingPlan(
        int convolutionBits,
        int denseBits,
        Map<String, Integer> layerBits,
        Clustering clustering,
        Precision centroids,
        Precision vectors) {
    /** The most bits a code may have. */
    public static final int MOST_BITS = 12;

    /** Checks the ranges. */
    public SharingPlan {
        requireBits("convolution bits", convolutionBits);
        requireBits("dense bits", denseBits);
        layerBits = Map.copyOf(layerBits);
        new TreeMap<>(layerBits).forEach((layer, bits) -> requireBits("layer \"" + layer + "\": bits", bits));
    }

    private static void requireBits(String subject, int bits) {
        if (!(bits >= 1 && bits <= MOST_BITS)) {
            throw new IllegalArgumentException(subject + " must be in [1, " + MOST_BITS + "], got " + bits);
        }
    }

    /**
     * Shares the weights of a network.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph, left untouched
     * @return its parameters in shared form
     * @throws IllegalArgumentException if bits are set for a layer without weights, or a weight is not finite
     */
    public SharedModel share(Model network) {
        List<ParameterSlice> slices = ParameterSlice.of(network);
        List<String> layers = slices.stream()
                .filter(ParameterSlice::isWeights)
                .map(ParameterSlice::layer)
                .distinct()
                .toList();
        for (String name : new TreeMap<>(layerBits).keySet()) {
            if (!layers.contains(name)) {
                throw new IllegalArgumentException(
                        "layer \"" + name + "\" must be a layer with weights" + NearestName.hintOrList(name, layers));
            }
        }
        double[] flat =
                network.params() == null ? new double[0] : network.params().toDoubleVector();
        List<StoredParameter> parameters = new ArrayList<>();
        for (ParameterSlice slice : slices) {
            double[] values = Arrays.copyOfRange(flat, slice.start(), slice.end());
            StoredParameter raw = raw(slice, values);
            if (slice.isWeights()) {
                StoredParameter shared = shared(slice, values);
                parameters.add(ParameterCodec.length(shared) < ParameterCodec.length(raw) ? shared : raw);
            } else {
                parameters.add(raw);
            }
        }
        return new SharedModel(parameters);
    }

    private StoredParameter raw(ParameterSlice slice, double[] values) {
        Precision precision = vectors.holding(values);
        return new StoredParameter(slice, precision, new StoredParameter.Raw(SharedModel.rounded(values, precision)));
    }

    private StoredParameter shared(ParameterSlice slice, double[] values) {
        short[] codes = new short[values.length];
        float[] survivors = new float[values.length];
        int count = 0;
        for (double value : values) {
            if (value != 0) {
                survivors[count++] = (float) value;
            }
        }
        double[] codebook = {0};
        if (count > 0) {
            Clusters clusters = clustering.of(Arrays.copyOf(survivors, count), 1 << bits(slice));
            codebook = new double[clusters.centroids().length];
            for (int i = 0; i < codebook.length; i++) {
                codebook[i] = clusters.centroids()[i];
            }
            int next = 0;
            for (int i = 0; i < values.length; i++) {
                codes[i] = values[i] == 0 ? 0 : (short) (clusters.assignments()[next++] + 1);
            }
        }
        Precision precision = centroids.holding(codebook);
        return new StoredParameter(
                slice, precision, new StoredParameter.Shared(SharedModel.rounded(codebook, precision), codes));
    }

    private int bits(ParameterSlice slice) {
        Integer own = layerBits.get(slice.layer());
        if (own != null) {
            return own;
        }
        return slice.kind() == ParameterSlice.Kind.CONVOLUTION ? convolutionBits : denseBits;
    }

    /** Collects what differs from the defaults: 8 bits for convolutions, 5 for other layers, the optimum, FLOAT. */
    public static final class Builder {
        private int convolutionBits = 8;
        private int denseBits = 5;
        private Map<String, Integer> layerBits = Map.of();
        private Clustering clustering = Clustering.exact();
        private Precision centroids = Precision.FLOAT;
        private Precision vectors = Precision.FLOAT;

        /** Bits of a code in convolutions, 1 to 12; 8 by default. */
        public Builder convolutionBits(int bits) {
            this.convolutionBits = bits;
            return this;
        }

        /** Bits of a code in other layers, 1 to 12; 5 by default. */
        public Builder denseBits(int bits) {
            this.denseBits = bits;
            return this;
        }

        /** Bits for layers by name; none by default. */
        public Builder layerBits(Map<String, Integer> bits) {
            this.layerBits = bits;
            return this;
        }

        /** How centroids are found; {@link Clustering#exact()} by default. */
        public Builder clustering(Clustering clustering) {
            this.clustering = clustering;
            return this;
        }

        /** Type of centroids; FLOAT by default. */
        public Builder centroids(Precision precision) {
            this.centroids = precision;
            return this;
        }

        /** Type of vectors; FLOAT by default. */
        public Builder vectors(Precision precision) {
            this.vectors = precision;
            return this;
        }

        /** The plan. */
        public SharingPlan build() {
            return new SharingPlan(convolutionBits, denseBits, layerBits, clustering, centroids, vectors);
        }
    }
}
