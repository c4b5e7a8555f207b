package io.github.dl4jprune.network;

import java.util.ArrayList;
import java.util.List;
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
    private final INDArray state;
    private final List<Block> blocks;
    private final INDArray flatParameters;

    /** Where a block's parameters and its state lie; ends are exclusive. */
    private record Block(long start, long end, long stateStart, long stateEnd) {
        int vectors() {
            return Math.toIntExact((stateEnd - stateStart) / (end - start));
        }
    }

    private UpdaterState(INDArray state, List<Block> blocks, INDArray flatParameters) {
        this.state = state;
        this.blocks = blocks;
        this.flatParameters = flatParameters;
    }

    static Optional<UpdaterState> of(BaseMultiLayerUpdater<?> updater, INDArray flatParameters) {
        INDArray state = updater.getStateViewArray();
        if (state == null || state.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            blocks.add(new Block(
                    block.getParamOffsetStart(),
                    block.getParamOffsetEnd(),
                    block.getUpdaterViewOffsetStart(),
                    block.getUpdaterViewOffsetEnd()));
        }
        return Optional.of(new UpdaterState(state.reshape(state.length()), blocks, flatParameters));
    }

    /**
     * The state of one parameter.
     *
     * @param parameter a view out of {@link NetworkView#parameters}
     * @return K arrays of the parameter's shape and order, views into the state; empty if its updater keeps none
     */
    public List<INDArray> components(INDArray parameter) {
        // by the parameter's own place: DL4J's list of a block's parameters has another order than its memory
        long start = parameter.offset() - flatParameters.offset();
        long end = start + parameter.length();
        List<INDArray> components = new ArrayList<>();
        for (Block block : blocks) {
            if (block.start <= start && end <= block.end) {
                for (int k = 0; k < block.vectors(); k++) {
                    long from = block.stateStart + k * (block.end - block.start) + (start - block.start);
                    components.add(state.get(NDArrayIndex.interval(from, from + parameter.length()))
                            .reshape(parameter.ordering(), parameter.shape()));
                }
            }
        }
        return components;
    }

    /**
     * Multiplies all that the updater keeps for each parameter.
     *
     * @param multiplier one value a parameter, in the order and data type of the flat parameter vector
     */
    public void multiply(INDArray multiplier) {
        for (Block block : blocks) {
            long length = block.end - block.start;
            INDArray part = multiplier.get(NDArrayIndex.interval(block.start, block.end));
            for (int k = 0; k < block.vectors(); k++) {
                long from = block.stateStart + k * length;
                state.get(NDArrayIndex.interval(from, from + length)).muli(part);
            }
        }
    }
}
