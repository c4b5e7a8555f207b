package io.github.dl4jprune.acceleration;

import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalizationHelper;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation in few passes over memory, for rank 4 input of type FLOAT; anything else is declined and runs on
 * DL4J's built-in path. Made by DL4J, one for each layer; of no use to callers.
 *
 * <p>With m and v the mean and variance of a channel over its M values, s = 1 / sqrt(v + eps), c = x - m:
 *
 * <pre>
 * y       = gamma s c + beta
 * dBeta   = sum(dy)
 * dGamma  = s sum(dy c)
 * dx      = gamma s (dy - dBeta / M - s dGamma c / M)
 * </pre>
 *
 * (Ioffe and Szegedy, Batch Normalization, 2015, section 3, with the derivatives collected.) The mean is subtracted
 * before anything is squared or multiplied, so a large mean costs no precision.
 */
public class FastBatchNormalization implements BatchNormalizationHelper {
    private @Nullable Moments batch;

    /**
     * One for a layer.
     *
     * @param dataType the type of the layer's data
     */
    public FastBatchNormalization(DataType dataType) {}

    @Override
    public boolean checkSupported() {
        return true;
    }

    @Override
    public boolean checkSupported(double eps, boolean fixedGammaBeta) {
        return !fixedGammaBeta;
    }

    @Override
    public @Nullable INDArray preOutput(
            INDArray x,
            boolean training,
            long[] shape,
            INDArray gamma,
            INDArray beta,
            INDArray globalMean,
            INDArray globalVariance,
            double decay,
            double eps,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaces) {
        if (declined(x) || vectorsInNhwc(x, format, gamma)) {
            batch = null;
            return null;
        }
        INDArray input = ChannelView.rowMajor(x);
        ChannelView channels = ChannelView.of(input, format, gamma.length());
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(), x.shape());
        if (training) {
            normalise(input, channels, out, new Affine(vector(gamma), vector(beta)), eps);
        } else {
            Nd4j.exec(DynamicCustomOp.builder("batchnorm")
                    .addInputs(input, vector(globalMean), vector(globalVariance), vector(gamma), vector(beta))
                    .addOutputs(out)
                    .addIntegerArguments(1, 1, channels.axis())
                    .addFloatingPointArguments(eps)
                    .build());
        }
        return out;
    }

    @Override
    public @Nullable Pair<Gradient, INDArray> backpropGradient(
            INDArray x,
            INDArray epsilon,
            long[] shape,
            INDArray gamma,
            INDArray beta,
            INDArray gammaGradient,
            INDArray betaGradient,
            double eps,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaces) {
        Moments moments = batch;
        if (moments == null || declined(x)) {
            return null;
        }
        INDArray input = ChannelView.rowMajor(x);
        INDArray dy = ChannelView.rowMajor(epsilon);
        ChannelView channels = ChannelView.of(input, format, gamma.length());
        INDArray centred = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, x.dataType(), x.shape());
        INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, x.dataType(), x.shape());
        INDArray s = moments.inverseDeviation(eps);
        double count = (double) x.length() / gamma.length();
        channels.add(input, moments.mean.neg(), centred);
        INDArray dBeta = channels.sum(dy);
        INDArray dGamma = channels.dot(dy, centred).muli(s);
        channels.multiply(centred, s.mul(dGamma).divi(-count));
        channels.add(dy, dBeta.div(-count), dx);
        dx.addi(centred);
        channels.multiply(dx, s.mul(vector(gamma)));
        vector(gammaGradient).assign(dGamma);
        vector(betaGradient).assign(dBeta);
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gammaGradient);
        gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, betaGradient);
        return new Pair<>(gradient, dx);
    }

    private static boolean declined(INDArray x) {
        return x.rank() != 4 || x.dataType() != DataType.FLOAT;
    }

    /** DL4J hands rank 2 input on as [N, C, 1, 1] whatever the format, and in NHWC cannot take the gradient back. */
    private static boolean vectorsInNhwc(INDArray x, CNN2DFormat format, INDArray gamma) {
        return format == CNN2DFormat.NHWC && x.size(3) != gamma.length();
    }

    private void normalise(INDArray x, ChannelView channels, INDArray out, Affine affine, double eps) {
        Moments moments = measured(channels.channels());
        channels.mean(x, moments.mean);
        channels.add(x, moments.mean.neg(), out);
        channels.meanSquare(out, moments.variance);
        channels.multiply(out, moments.inverseDeviation(eps).muli(affine.gamma));
        channels.add(out, affine.beta, out);
    }

    private Moments measured(long channels) {
        if (batch == null) {
            batch = new Moments(
                    Nd4j.createUninitializedDetached(DataType.FLOAT, channels),
                    Nd4j.createUninitializedDetached(DataType.FLOAT, channels));
        }
        return batch;
    }

    private static INDArray vector(INDArray array) {
        return array.reshape(array.length());
    }

    @Override
    public @Nullable INDArray getMeanCache(DataType dataType) {
        return batch == null ? null : batch.mean;
    }

    @Override
    public @Nullable INDArray getVarCache(DataType dataType) {
        return batch == null ? null : batch.variance;
    }

    @Override
    public Map<String, Long> helperMemoryUse() {
        return Map.of();
    }

    /** What follows the normalisation, one entry a channel each. */
    private record Affine(INDArray gamma, INDArray beta) {}

    /** Mean and variance of every channel. */
    private record Moments(INDArray mean, INDArray variance) {
        INDArray inverseDeviation(double eps) {
            return Transforms.pow(variance.add(eps), -0.5, false);
        }
    }
}
