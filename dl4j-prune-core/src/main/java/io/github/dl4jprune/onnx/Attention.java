package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Self-attention over a series [examples, channels, time]: for each head {@code V softmax(K^T Q / sqrt(size))}, softmax
 * over the keys. With projections, Wq, Wk and Wv are [heads, size, in], and Wo is [heads * size, out].
 */
final class Attention {
    private Attention() {}

    static Value write(SelfAttentionLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        if (!layer.isProjectInput()) {
            Value one = ops.unsqueeze(input, 1);
            return ops.squeeze(attend(one, one, one, ops), 1);
        }
        Value queries = heads("Wq", input, site);
        Value attended = attend(queries, heads("Wk", input, site), heads("Wv", input, site), ops);
        Value joined = ops.reshape(attended, input.size(0), attended.size(1) * attended.size(2), input.size(2));
        Value weights = site.constant("Wo", site.parameter("Wo").transpose());
        return ops.write(
                "MatMul", new long[] {input.size(0), weights.size(0), input.size(2)}, List.of(weights, joined));
    }

    /** One projection of every time step: [examples, heads, size, time]. */
    private static Value heads(String key, Value input, LayerSite site) {
        INDArray projection = site.parameter(key);
        long heads = projection.size(0);
        long size = projection.size(1);
        Value weights = site.constant(key, projection.dup('c').reshape('c', heads * size, projection.size(2)));
        Value flat = site.ops()
                .write("MatMul", new long[] {input.size(0), heads * size, input.size(2)}, List.of(weights, input));
        return site.ops().reshape(flat, input.size(0), heads, size, input.size(2));
    }

    private static Value attend(Value queries, Value keys, Value values, Operators ops) {
        long time = keys.size(3);
        long[] square = {keys.size(0), keys.size(1), time, time};
        Value products = ops.write("MatMul", square, List.of(ops.transpose(keys, 0, 1, 3, 2), queries));
        Value scaled = ops.multiply(products, 1 / Math.sqrt((double) keys.size(2)));
        return ops.write("MatMul", values.dims(), List.of(values, ops.softmax(scaled, 2)));
    }
}
