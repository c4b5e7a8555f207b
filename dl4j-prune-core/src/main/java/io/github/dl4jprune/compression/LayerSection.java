package io.github.dl4jprune.compression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One layer section of a file.
 *
 * @param place what messages call it
 * @param layer the name it says
 * @param parameters what it holds, in its order
 */
record LayerSection(String place, String layer, List<ParameterSlice> parameters) {
    LayerSection {
        parameters = List.copyOf(parameters);
    }

    /** How a section is refused. */
    @FunctionalInterface
    interface Refusal {
        CompressedFileException of(String section, String rule);
    }

    /** The layers of a network that have parameters, one a run of slices. */
    static List<List<ParameterSlice>> byLayer(List<ParameterSlice> slices) {
        return List.copyOf(slices.stream()
                .collect(Collectors.groupingBy(
                        ParameterSlice::layer, java.util.LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values());
    }

    /**
     * Makes sure that sections are those of a network, in its order.
     *
     * @param sections of the file
     * @param configured parameters of the network that the file's configuration describes
     * @param refusal what a difference is refused with
     */
    static void requireAll(List<LayerSection> sections, List<ParameterSlice> configured, Refusal refusal) {
        List<List<ParameterSlice>> layers = byLayer(configured);
        for (int i = 0; i < sections.size(); i++) {
            LayerSection section = sections.get(i);
            if (i >= layers.size()) {
                throw refusal.of(
                        section.place,
                        "holds layer \"" + section.layer
                                + "\", but the configuration has no further layer with parameters");
            }
            section.require(layers.get(i), refusal);
        }
        if (sections.size() < layers.size()) {
            throw refusal.of(
                    "header",
                    "counts no section of layer \""
                            + layers.get(sections.size()).get(0).layer() + "\", which the configuration has");
        }
    }

    private void require(List<ParameterSlice> configured, Refusal refusal) {
        String expected = configured.get(0).layer();
        if (!layer.equals(expected)) {
            throw refusal.of(
                    place, "must hold layer \"" + expected + "\" of the configuration, got layer \"" + layer + "\"");
        }
        String named = place + " (layer \"" + layer + "\")";
        if (!keys(parameters).equals(keys(configured))) {
            throw refusal.of(named, "must hold the parameters " + keys(configured) + ", got " + keys(parameters));
        }
        for (int i = 0; i < configured.size(); i++) {
            String difference = difference(configured.get(i), parameters.get(i));
            if (!difference.isEmpty()) {
                throw refusal.of(
                        named, "must hold parameter \"" + configured.get(i).parameter() + "\" " + difference);
            }
        }
    }

    private static String keys(List<ParameterSlice> parameters) {
        return parameters.stream().map(ParameterSlice::parameter).collect(Collectors.joining(", "));
    }

    private static String difference(ParameterSlice expected, ParameterSlice found) {
        if (!Arrays.equals(axes(expected), axes(found))) {
            return "of shape " + Arrays.toString(expected.shape()) + ", got " + Arrays.toString(found.shape());
        }
        if (expected.kind() != found.kind()) {
            return "of kind " + expected.kind().code() + ", got " + found.kind().code();
        }
        // of a vector both orders are the same
        return expected.order() == found.order() || !expected.isWeights()
                ? ""
                : "in the order " + expected.order() + ", got " + found.order();
    }

    // DL4J gives some parameters, PReLU's, a first axis of size 1 when they are initialised, and none when they are
    // restored
    private static long[] axes(ParameterSlice slice) {
        return Arrays.stream(slice.shape()).dropWhile(size -> size == 1).toArray();
    }
}
