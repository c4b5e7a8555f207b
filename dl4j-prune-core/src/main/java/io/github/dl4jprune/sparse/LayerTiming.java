package io.github.dl4jprune.sparse;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Times forms of one layer, turn by turn so that a busy machine slows all of them alike. */
final class LayerTiming {
    private static final int WARM_UP = 20;

    private LayerTiming() {}

    /** Median milliseconds of one forward pass of each form. */
    static double[] medians(List<Layer> forms, INDArray input, int repetitions) {
        double[][] millis = new double[forms.size()][repetitions];
        for (int run = -WARM_UP; run < repetitions; run++) {
            for (int form = 0; form < millis.length; form++) {
                double taken = once(forms.get(form), input);
                if (run >= 0) {
                    millis[form][run] = taken;
                }
            }
        }
        return Arrays.stream(millis)
                .mapToDouble(taken -> {
                    Arrays.sort(taken);
                    return taken[taken.length / 2];
                })
                .toArray();
    }

    private static double once(Layer layer, INDArray input) {
        layer.setInput(input, LayerWorkspaceMgr.noWorkspaces());
        long start = System.nanoTime();
        layer.activate(false, LayerWorkspaceMgr.noWorkspaces());
        double millis = (System.nanoTime() - start) / 1e6;
        layer.clear();
        return millis;
    }
}
