package io.github.dl4jprune.reconstruction;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One layer in the original and in the smaller network.
 *
 * @param node the layer, in both networks
 * @param rows how it reads
 * @param kept positions of the original's outputs that are left
 */
record Site(NetworkNode node, LayerRows rows, int[] kept) {
    private static final String WEIGHTS = "W";
    private static final String BIAS = "b";

    static Site of(NetworkNode node, LayerRows rows, ChannelMask mask) {
        int[] kept = mask.graph().axes(node.name()).stream()
                .filter(axis -> axis.key().equals(WEIGHTS) && axis.side() == ParameterAxis.Side.OUTPUT)
                .findFirst()
                .map(axis -> mask.kept(axis.ids()))
                .orElseThrow();
        return new Site(node, rows, kept);
    }

    /** How many values a row of the layer has in the smaller network. */
    long inputs(NetworkView<? extends Model> small) {
        return parameter(small, WEIGHTS).length() / kept.length;
    }

    /**
     * What the layer reads behind its preprocessor.
     *
     * @param before what the layer in front of it puts out, left untouched
     * @param examples of the minibatch
     */
    INDArray read(NetworkView<? extends Model> network, INDArray before, long examples) {
        LayerContent content =
                (LayerContent) network.structure().node(node.name()).content();
        InputPreProcessor preProcessor = content.preProcessor();
        return preProcessor == null
                ? before
                : preProcessor.clone().preProcess(before.dup(), (int) examples, LayerWorkspaceMgr.noWorkspaces());
    }

    /** Rows of what the layer reads; with a last column of ones if there is a bias. */
    INDArray rows(NetworkView<? extends Model> network, INDArray read, int[][] positions) {
        INDArray found = rows.rows(read, positions);
        return hasBias(network) ? Nd4j.hstack(found, Nd4j.ones(DataType.DOUBLE, found.rows(), 1)) : found;
    }

    /** Weights in the same shape: a row an input, the bias last if there is one. */
    INDArray weights(NetworkView<? extends Model> network) {
        INDArray matrix = rows.matrix(parameter(network, WEIGHTS));
        return hasBias(network)
                ? Nd4j.vstack(
                        matrix,
                        parameter(network, BIAS)
                                .castTo(DataType.DOUBLE)
                                .dup('c')
                                .reshape(1, matrix.columns()))
                : matrix;
    }

    /** What the original sums up, of the outputs that are left. */
    INDArray targets(NetworkView<? extends Model> original, INDArray read, int[][] positions) {
        INDArray all = weights(original);
        INDArray left = Nd4j.pullRows(all.transpose().dup('c'), 1, kept).transpose();
        return rows(original, read, positions).mmul(left);
    }

    void write(NetworkView<? extends Model> network, INDArray matrix) {
        INDArray weights = matrix;
        if (hasBias(network)) {
            long inputs = matrix.rows() - 1L;
            INDArray bias = parameter(network, BIAS);
            bias.assign(matrix.getRow(inputs).castTo(bias.dataType()).reshape(bias.shape()));
            weights = matrix.get(NDArrayIndex.interval(0, inputs), NDArrayIndex.all());
        }
        rows.write(weights, parameter(network, WEIGHTS));
    }

    private boolean hasBias(NetworkView<? extends Model> network) {
        return network.parameters(node.name()).containsKey(BIAS);
    }

    private INDArray parameter(NetworkView<? extends Model> network, String key) {
        return Objects.requireNonNull(network.parameters(node.name()).get(key), key);
    }
}
