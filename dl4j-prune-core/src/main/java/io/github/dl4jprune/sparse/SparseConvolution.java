package io.github.dl4jprune.sparse;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A two-dimensional NCHW convolution by {@link DirectConvolution}; it infers and does not train. */
final class SparseConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1L;
    private final transient SparseRows weights;
    private final transient float[] bias;
    private transient @Nullable DirectConvolution last;

    SparseConvolution(Layer replaced, SparseRows filters) {
        super(replaced.conf(), DataType.FLOAT);
        int[] kernel = layerConf().getKernelSize();
        this.weights = filters.split(kernel[0] * kernel[1]);
        this.bias = hasBias()
                ? Floats.copyOf(replaced.getParam(ConvolutionParamInitializer.BIAS_KEY))
                : new float[filters.rows()];
        Replacement.inherit(replaced, this);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        Replacement.requireInference(this, training);
        validateInputRank();
        validateInputDepth(layerConf().getNIn());
        float[] in = Floats.copyOf(input.castTo(DataType.FLOAT));
        int examples = (int) input.size(0);
        DirectConvolution convolution = forInput((int) input.size(2), (int) input.size(3));
        float[] out = new float[examples * convolution.outputs()];
        for (int example = 0; example < examples; example++) {
            convolution.run(in, example * (in.length / examples), out, example * convolution.outputs());
        }
        INDArray result =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, convolution.shape(examples), 'c');
        Floats.copyInto(out, result);
        return layerConf().getActivationFn().getActivation(result, false);
    }

    private DirectConvolution forInput(int height, int width) {
        DirectConvolution known = last;
        if (known == null || !known.fits(height, width)) {
            known = new DirectConvolution(
                    weights, bias, (int) layerConf().getNIn(), window(0, height), window(1, width));
            last = known;
        }
        return known;
    }

    private Window window(int axis, int size) {
        var conf = layerConf();
        int[] numbers = {
            conf.getKernelSize()[axis], conf.getStride()[axis], conf.getDilation()[axis], conf.getPadding()[axis]
        };
        return Window.of(conf.getConvolutionMode(), numbers, size);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        throw Replacement.training(this);
    }
}
