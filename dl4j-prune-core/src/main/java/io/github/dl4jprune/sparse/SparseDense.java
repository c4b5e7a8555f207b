package io.github.dl4jprune.sparse;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A dense layer that multiplies by its non-zero weights only; it infers and does not train. */
final class SparseDense extends DenseLayer {
    private static final long serialVersionUID = 1L;
    private final transient SparseRows weights;
    private final transient float[] bias;

    SparseDense(Layer replaced, SparseRows weights) {
        super(replaced.conf(), DataType.FLOAT);
        this.weights = weights;
        this.bias = hasBias()
                ? Floats.copyOf(replaced.getParam(DefaultParamInitializer.BIAS_KEY))
                : new float[weights.rows()];
        Replacement.inherit(replaced, this);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        Replacement.requireInference(this, training);
        int examples = (int) input.size(0);
        float[] in = Floats.copyOf(input.castTo(DataType.FLOAT));
        float[] out = new float[examples * bias.length];
        if (examples == 1) {
            DirectConvolution.parallel(bias.length, threads(), (from, to) -> {
                for (int row = from; row < to; row++) {
                    out[row] = bias[row] + weights.dot(row, in);
                }
            });
        } else {
            batch(in, out, examples);
        }
        INDArray result = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {examples, bias.length}, 'c');
        Floats.copyInto(out, result);
        return layerConf().getActivationFn().getActivation(result, false);
    }

    // a plane holds one input of all examples
    private void batch(float[] in, float[] out, int examples) {
        float[][] planes = new float[in.length / examples][examples];
        for (int i = 0; i < planes.length; i++) {
            for (int example = 0; example < examples; example++) {
                planes[i][example] = in[example * planes.length + i];
            }
        }
        DirectConvolution.parallel(bias.length, threads(), (from, to) -> {
            float[] sum = new float[examples];
            for (int row = from; row < to; row++) {
                Arrays.fill(sum, bias[row]);
                weights.addPlanes(row, planes, sum, 0, examples);
                for (int example = 0; example < examples; example++) {
                    out[example * bias.length + row] = sum[example];
                }
            }
        });
    }

    private static int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        throw Replacement.training(this);
    }
}
