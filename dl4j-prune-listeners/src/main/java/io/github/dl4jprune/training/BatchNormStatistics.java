package io.github.dl4jprune.training;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The running totals of one batch normalisation while {@link BatchNormRecalibration} looks on. */
final class BatchNormStatistics {
    private final BatchNormalization observed;
    private final Layer target;
    private @Nullable INDArray mean;
    private @Nullable INDArray variance;
    private long examples;

    /**
     * @param observed the layer the data pass through
     * @param target the layer that gets the result
     */
    BatchNormStatistics(BatchNormalization observed, Layer target) {
        this.observed = observed;
        this.target = target;
    }

    /** Adds the batch that the observed layer has just seen. */
    void add() {
        INDArray input = observed.input().castTo(target.params().dataType());
        int[] axes = axesBesideChannels(input);
        long size = input.size(0);
        long channels = observed.layerConf().getNOut();
        // one example of rank 2 comes back as [1, channels]
        INDArray batchMean = input.mean(axes).reshape(channels).muli(size);
        INDArray batchVariance = input.var(false, axes).reshape(channels).muli(size);
        mean = mean == null ? batchMean : mean.addi(batchMean);
        variance = variance == null ? batchVariance : variance.addi(batchVariance);
        examples += size;
    }

    /** Writes the averages into the target's parameters. */
    void store() {
        if (mean == null || variance == null) {
            throw new IllegalStateException("no batch was added");
        }
        parameter(BatchNormalizationParamInitializer.GLOBAL_MEAN).assign(mean.divi(examples));
        INDArray average = variance.divi(examples);
        if (observed.layerConf().isUseLogStd()) {
            INDArray positive = Transforms.max(average, BatchNormRecalibration.SMALLEST_VARIANCE, false);
            INDArray halfLog10 = Transforms.log(positive, false).divi(2 * Math.log(10));
            parameter(BatchNormalizationParamInitializer.GLOBAL_LOG_STD).assign(halfLog10);
        } else {
            parameter(BatchNormalizationParamInitializer.GLOBAL_VAR).assign(average);
        }
    }

    private INDArray parameter(String name) {
        return target.getParam(name);
    }

    private int[] axesBesideChannels(INDArray input) {
        return switch (input.rank()) {
            case 2 -> new int[] {0};
            case 4 ->
                observed.layerConf().getCnn2DFormat() == CNN2DFormat.NHWC ? new int[] {0, 1, 2} : new int[] {0, 2, 3};
            default ->
                throw new IllegalStateException("layer \""
                        + observed.layerConf().getLayerName()
                        + "\": DL4J normalises inputs of rank 2 and 4, got rank " + input.rank());
        };
    }
}
