package io.github.dl4jprune.acceleration;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdDataAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdFilterAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.FwdAlgo;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's helper for {@code Convolution2D} on oneDNN, less a quarter of the work in training. Made by DL4J, one for each
 * layer; of no use to callers.
 *
 * <p>Unless a cache mode is set, DL4J runs every convolution a second time in its backward pass, to hand its output to
 * the derivative of the activation function. The identity does not look at it, so for layers without an activation of
 * their own (those before a batch normalisation) this helper answers with the output of the forward pass.
 *
 * <p>Dilated convolutions and types other than FLOAT are declined and run on the built-in path: oneDNN cannot create the
 * former.
 */
public class OneDnnConvolution extends MKLDNNConvHelper {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    /** Ours, this layer's {@code preOutput} and {@code preOutput4d} and its {@code backpropGradient}, and one to spare. */
    private static final int FRAMES = 6;

    private @Nullable INDArray lastInput;
    private @Nullable INDArray lastOutput;

    /**
     * One for a layer.
     *
     * @param dataType the type of the layer's data
     */
    public OneDnnConvolution(DataType dataType) {
        super(dataType);
    }

    @Override
    public boolean checkSupported() {
        return true;
    }

    @Override
    public @Nullable INDArray preOutput(
            INDArray input,
            INDArray weights,
            INDArray bias,
            int[] kernel,
            int[] strides,
            int[] pad,
            AlgoMode mode,
            FwdAlgo fwdAlgo,
            ConvolutionMode convolutionMode,
            int[] dilation,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaceMgr) {
        if (dilated(dilation)) {
            return null;
        }
        INDArray known = lastOutput;
        if (known != null && input == lastInput && usable(known) && inBackwardPass()) {
            return known;
        }
        INDArray output = super.preOutput(
                input,
                weights,
                bias,
                kernel,
                strides,
                pad,
                mode,
                fwdAlgo,
                convolutionMode,
                dilation,
                format,
                workspaceMgr);
        lastInput = input;
        lastOutput = null; // until the activation function is known
        return output;
    }

    @Override
    public INDArray activate(INDArray z, IActivation function, boolean training) {
        INDArray activation = super.activate(z, function, training);
        lastOutput = training && function instanceof ActivationIdentity ? activation : null;
        return activation;
    }

    @Override
    public @Nullable Pair<Gradient, INDArray> backpropGradient(
            INDArray input,
            INDArray weights,
            INDArray bias,
            INDArray delta,
            int[] kernel,
            int[] strides,
            int[] pad,
            INDArray biasGradView,
            INDArray weightGradView,
            IActivation function,
            AlgoMode mode,
            BwdFilterAlgo filterAlgo,
            BwdDataAlgo dataAlgo,
            ConvolutionMode convolutionMode,
            int[] dilation,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaceMgr) {
        lastInput = null;
        lastOutput = null;
        if (dilated(dilation)) {
            return null;
        }
        return super.backpropGradient(
                input,
                weights,
                bias,
                delta,
                kernel,
                strides,
                pad,
                biasGradView,
                weightGradView,
                function,
                mode,
                filterAlgo,
                dataAlgo,
                convolutionMode,
                dilation,
                format,
                workspaceMgr);
    }

    private static boolean dilated(int[] dilation) {
        return dilation[0] != 1 || dilation[1] != 1;
    }

    /** False if the array lay in a workspace that was left since. */
    private static boolean usable(INDArray array) {
        if (!array.isAttached()) {
            return true;
        }
        MemoryWorkspace workspace = array.data().getParentWorkspace();
        return workspace.isScopeActive()
                && workspace.getGenerationId() == array.data().getGenerationId();
    }

    private static boolean inBackwardPass() {
        return STACK.walk(frames -> frames.limit(FRAMES)
                .anyMatch(frame -> frame.getMethodName().equals("backpropGradient")
                        && frame.getDeclaringClass() == ConvolutionLayer.class));
    }
}
