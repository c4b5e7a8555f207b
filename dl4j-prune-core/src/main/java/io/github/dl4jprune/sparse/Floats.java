package io.github.dl4jprune.sparse;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bulk copies between FLOAT arrays of ND4J and of Java. */
final class Floats {
    private Floats() {}

    /** All values in 'c' order. */
    static float[] copyOf(INDArray array) {
        INDArray source = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
        Nd4j.getAffinityManager().ensureLocation(source, AffinityManager.Location.HOST);
        float[] values = new float[(int) source.length()];
        new FloatPointer(source.data().addressPointer()).get(values);
        return values;
    }

    /** Fills a contiguous 'c' array. */
    static void copyInto(float[] values, INDArray array) {
        new FloatPointer(array.data().addressPointer()).put(values);
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
    }
}
