package io.github.dl4jprune.models;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * The Gaussian error linear unit {@code x Phi(x)} put together from plain DL4J vertices: {@code x sigmoid(2 sqrt(2 / pi)
 * (x + 0.044715 x^3))}, which is the published tanh form and within 4.8e-4 of the exact function everywhere.
 *
 * <p>DL4J M2.1 has two activation functions of that name and neither will do for weights trained with the exact one:
 * {@code ActivationGELU(false)}, {@code x sigmoid(1.702 x)}, is off by up to 0.020, and {@code ActivationGELU(true)},
 * which cubes {@code 0.044715 x} instead of {@code x}, by up to 0.033.
 *
 * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel (2016)</a>
 */
final class Gelu {
    private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBE_ROOT = Math.cbrt(SLOPE * 0.044715);

    private Gelu() {}

    /**
     * Appends the function; its last vertex has the given name, those before it that name and a suffix.
     *
     * <p>No activation layer reads {@code x} itself: without a workspace it would write its result over it (M2.1).
     */
    static Chain append(Chain chain, String name) {
        String x = chain.end();
        return chain.then(name + ".root", new ScaleVertex(CUBE_ROOT), x)
                .then(name + ".cube", new ActivationLayer(Activation.CUBE))
                .then(name + ".slope", new ScaleVertex(SLOPE), x)
                .then(name + ".sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), name + ".slope", name + ".cube")
                .then(name + ".gate", new ActivationLayer(Activation.SIGMOID))
                .then(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), x, name + ".gate");
    }
}
