package io.github.dl4jprune.cli.compression;

import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.compression.CompressedModel;
import io.github.dl4jprune.compression.ParameterSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What each stage of compression saves, by layer and in all. */
public final class CompressedSizes {
    private final CompressedModel model;
    private final List<ParameterSize> sizes;

    /** The sizes of a compressed model. */
    public CompressedSizes(CompressedModel model) {
        this.model = model;
        this.sizes = model.sizes();
    }

    /** The keys {@code bytes}, {@code ratio} and {@code layers}. */
    public Map<String, Object> json() {
        Map<String, Object> bytes = new LinkedHashMap<>();
        bytes.put("dense", sum(ParameterSize::dense));
        bytes.put("pruned", sum(ParameterSize::pruned));
        bytes.put("shared", sum(ParameterSize::shared));
        bytes.put("encoded", model.bytes());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bytes", bytes);
        json.put("ratio", model.ratio());
        json.put("layers", sizes);
        return json;
    }

    private long sum(ToLongFunction<ParameterSize> stage) {
        return sizes.stream().mapToLong(stage).sum();
    }

    /** One line a parameter, with the sum below. */
    public String table() {
        String table = Table.of(
                sizes,
                List.of(
                        Table.words("layer", ParameterSize::layer),
                        Table.words("parameter", ParameterSize::parameter),
                        Table.count("values", ParameterSize::values),
                        Table.count("not 0", ParameterSize::survivors),
                        Table.count("centroids", ParameterSize::centroids),
                        Table.count("gap bits", ParameterSize::gapBits),
                        Table.count("dense", ParameterSize::dense),
                        Table.count("pruned", ParameterSize::pruned),
                        Table.count("shared", ParameterSize::shared),
                        Table.count("encoded", ParameterSize::encoded)));
        return table
                + String.format(
                        Locale.ROOT,
                        "%nbytes: %,d dense, %,d pruned, %,d shared, %,d in the file; ratio %.2f",
                        sum(ParameterSize::dense),
                        sum(ParameterSize::pruned),
                        sum(ParameterSize::shared),
                        model.bytes(),
                        model.ratio());
    }
}
