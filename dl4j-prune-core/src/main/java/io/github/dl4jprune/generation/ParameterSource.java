package io.github.dl4jprune.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where the values of one parameter come from, for any widths. All vectors are as long as the unpruned parameter. */
sealed interface ParameterSource permits SharedParameter, WidthTable, GeneratedParameter {
    /** What the parameter is at these widths, those positions included that the widths leave out. */
    INDArray values(List<Integer> entries);

    /**
     * Learns from one minibatch.
     *
     * @param gradient of the loss by {@link #values}, 0 where the widths leave a position out
     */
    void learn(List<Integer> entries, INDArray gradient, double rate, PruningNetTraining training);

    /** Writes all that is trained, momentum left out. */
    void write(DataOutputStream out) throws IOException;

    /** Reads what {@link #write} wrote. */
    void read(DataInputStream in) throws IOException;
}
