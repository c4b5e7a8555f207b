package io.github.dl4jprune.network;

import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Writes new widths into layer configurations. */
public final class LayerResizer {
    private LayerResizer() {}

    /**
     * Sets a layer's widths.
     *
     * @param in number of channels it reads from now on
     * @param out number of units it has from now on
     */
    public static void resize(Layer layer, int in, int out) {
        if (layer instanceof FrozenLayer frozen) {
            resize(frozen.getLayer(), in, out);
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            resize(wrapper.getUnderlying(), in, out);
        } else if (layer instanceof Bidirectional bidirectional) {
            resize(bidirectional.getFwd(), in, out);
            resize(bidirectional.getBwd(), in, out);
        } else if (layer instanceof LocallyConnected2D local) {
            local.setNIn(in);
            local.setNOut(out);
            local.setFeatureDim(in * local.getKernel()[0] * local.getKernel()[1]);
            redefine(local);
        } else if (layer instanceof SelfAttentionLayer attention) {
            attention.setNIn(in);
            redefine(attention);
        } else if (layer instanceof FeedForwardLayer feedForward) {
            resizeFeedForward(feedForward, in, out);
        }
    }

    /** Layers without weights may carry widths of 0, meaning none was set: those stay. */
    private static void resizeFeedForward(FeedForwardLayer layer, int in, int out) {
        if (layer.getNIn() > 0) {
            layer.setNIn(in);
        }
        if (layer.getNOut() > 0) {
            layer.setNOut(out);
        }
    }

    /** SameDiff layers keep the shapes of their parameters beside their widths. */
    private static void redefine(AbstractSameDiffLayer layer) {
        layer.getLayerParams().clear();
        ((org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer) layer).defineParameters(layer.getLayerParams());
    }
}
