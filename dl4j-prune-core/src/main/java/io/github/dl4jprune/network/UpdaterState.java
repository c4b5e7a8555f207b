package io.github.dl4jprune.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The updater's state, parameter by parameter.
 *
 * <p>DL4J keeps the state of each run of parameters with equal updaters (an updater block) as K consecutive vectors as
 * long as the run: two for Adam, one for momentum, none for plain SGD. This class cuts those vectors up so that every
 * parameter has K arrays of its own shape; they are views, so writing to them writes the state.
 */
public final class UpdaterState {
    private final Map<Long, List<INDArray>> componentsByOffset;
    private final INDArray flatParameters;

    private UpdaterState(Map<Long, List<INDArray>> componentsByOffset, INDArray flatParameters) {
        this.componentsByOffset = componentsByOffset;
        this.flatParameters = flatParameters;
    }

    static Optional<UpdaterState> of(BaseMultiLayerUpdater<?> updater, INDArray flatParameters) {
        INDArray state = updater.getStateViewArray();
        if (state == null || state.isEmpty()) {
            return Optional.empty();
        }
        INDArray flat = state.reshape(state.length());
        Map<Long, List<INDArray>> components = new HashMap<>();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            int length = block.getParamOffsetEnd() - block.getParamOffsetStart();
            int stateLength = block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart();
            int vectors = stateLength / length;
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                List<INDArray> own = new ArrayList<>();
                for (int k = 0; k < vectors; k++) {
                    long start = block.getUpdaterViewOffsetStart()
                            + (long) k * length
                            + (parameter.getParamOffsetStart() - block.getParamOffsetStart());
                    own.add(slice(flat, start, parameter.getParamView()));
                }
                components.put((long) parameter.getParamOffsetStart(), own);
            }
        }
        return Optional.of(new UpdaterState(components, flatParameters));
    }

    private static INDArray slice(INDArray flat, long start, INDArray parameter) {
        return flat.get(NDArrayIndex.interval(start, start + parameter.length()));
    }

    /**
     * The state of one parameter.
     *
     * @param parameter a view out of {@link NetworkView#parameters}
     * @return K arrays of the parameter's shape and order, views into the state; empty if its updater keeps none
     */
    public List<INDArray> components(INDArray parameter) {
        long offset = parameter.offset() - flatParameters.offset();
        return componentsByOffset.getOrDefault(offset, List.of()).stream()
                .map(vector -> vector.reshape(parameter.ordering(), parameter.shape()))
                .toList();
    }

    /**
     * Multiplies all that the updater keeps for each parameter.
     *
     * @param multiplier one value a parameter, in the order and data type of the flat parameter vector
     */
    public void multiply(INDArray multiplier) {
        componentsByOffset.forEach((offset, vectors) -> vectors.forEach(
                vector -> vector.muli(multiplier.get(NDArrayIndex.interval(offset, offset + vector.length())))));
    }
}
