package io.github.dl4jprune.randomnetworks;

import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/** Names of the rules that a layer, vertex or preprocessor brings into play. */
final class Features {
    private Features() {}

    static Set<String> of(Layer layer, Flow in) {
        Set<String> names = new TreeSet<>();
        String kind = kind(layer);
        names.add(kind);
        if (!in.channelsFirst()) {
            names.add(kind + "-channels-last");
        }
        if (layer instanceof BatchNormalization norm) {
            names.add(kind + (norm.isLockGammaBeta() ? "-locked" : norm.isUseLogStd() ? "-logStd" : "-var"));
            names.add(kind + "-" + in.type().getType());
        } else if (layer instanceof Bidirectional both) {
            names.add(kind + "-" + both.getMode());
            names.addAll(of(both.getFwd(), in));
        } else if (layer instanceof LastTimeStep last) {
            names.addAll(of(last.getUnderlying(), in));
        } else if (layer instanceof FrozenLayer frozen) {
            names.add(kind + "-" + kind(frozen.getLayer()));
        } else if (layer instanceof FrozenLayerWithBackprop frozen) {
            names.add(kind + "-" + kind(frozen.getUnderlying()));
        } else if (layer instanceof SubsamplingLayer pooling) {
            names.add(kind + "-" + pooling.getPoolingType());
        } else if (layer instanceof GlobalPoolingLayer pooling) {
            names.add(kind + "-" + pooling.getPoolingType());
            names.add(kind + "-" + in.type().getType());
        } else if (layer instanceof DepthwiseConvolution2D depthwise && depthwise.getDepthMultiplier() > 1) {
            names.add(kind + "-multiplied");
        } else if (layer instanceof PReLULayer prelu) {
            names.add(kind + (prelu.getSharedAxes() == null ? "-full" : "-shared"));
        } else if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
            names.add(kind + "-layer-norm");
        }
        return names;
    }

    static String of(GraphVertex vertex) {
        String kind = kind(vertex);
        return vertex instanceof ElementWiseVertex sum ? kind + "-" + sum.getOp() : kind;
    }

    static String of(InputPreProcessor preProcessor, Flow in) {
        String kind = preProcessor.getClass().getSimpleName().replaceAll("PreProcessor$", "");
        return in.type().getType() != InputType.Type.FF && !in.channelsFirst() ? kind + "-channels-last" : kind;
    }

    private static String kind(Object part) {
        return part.getClass().getSimpleName().replaceAll("(Layer|Vertex)$", "");
    }
}
