package io.github.dl4jprune.models;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The layers that the architectures are made of. Weight decay is set layer by layer: a global one would reach fixed
 * layers too, since DL4J fills empty regularisation lists with it.
 */
record LayerFactory(ModelOptions options) {
    /** Square kernel, bias or none, padded by hand: what PyTorch does with {@code padding=p}. */
    record Kernel(int size, int stride, int padding) {
        static final Kernel THREE = new Kernel(3, 1, 1);
        static final Kernel THREE_HALVING = new Kernel(3, 2, 1);
        static final Kernel ONE = new Kernel(1, 1, 0);
        static final Kernel ONE_HALVING = new Kernel(1, 2, 0);
    }

    NeuralNetConfiguration.Builder network() {
        return new NeuralNetConfiguration.Builder()
                .seed(options.seed())
                .dataType(options.dataType())
                .updater(options.updater().clone())
                .weightInit(WeightInit.RELU);
    }

    ConvolutionLayer.Builder convolution(int nOut, Kernel kernel) {
        return new ConvolutionLayer.Builder(kernel.size(), kernel.size())
                .stride(kernel.stride(), kernel.stride())
                .padding(kernel.padding(), kernel.padding())
                .convolutionMode(ConvolutionMode.Truncate)
                .nOut(nOut)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .l2(options.weightDecay());
    }

    /** Pads as TensorFlow's {@code same}: more at the end than at the start where the sum is odd. */
    ConvolutionLayer.Builder convolutionSame(int nOut, int size, int stride) {
        return new ConvolutionLayer.Builder(size, size)
                .stride(stride, stride)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(nOut)
                .activation(Activation.IDENTITY)
                .l2(options.weightDecay());
    }

    DepthwiseConvolution2D depthwise(Kernel kernel) {
        return new DepthwiseConvolution2D.Builder()
                .kernelSize(kernel.size(), kernel.size())
                .stride(kernel.stride(), kernel.stride())
                .padding(kernel.padding(), kernel.padding())
                .convolutionMode(ConvolutionMode.Truncate)
                .depthMultiplier(1)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .l2(options.weightDecay())
                .build();
    }

    /** Variance kept as variance: DL4J's default, its logarithm, would round every imported value. */
    BatchNormalization.Builder batchNorm() {
        return new BatchNormalization.Builder().eps(1e-5).decay(0.9).useLogStd(false);
    }

    ActivationLayer relu() {
        return new ActivationLayer(Activation.RELU);
    }

    SubsamplingLayer halve(PoolingType type) {
        return new SubsamplingLayer.Builder(
                        type == PoolingType.MAX ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    GlobalPoolingLayer globalAverage() {
        return new GlobalPoolingLayer(PoolingType.AVG);
    }

    DenseLayer.Builder dense(int nOut) {
        return new DenseLayer.Builder()
                .nOut(nOut)
                .activation(Activation.IDENTITY)
                .l2(options.weightDecay());
    }

    OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(options.classes())
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .l2(options.weightDecay())
                .build();
    }
}
