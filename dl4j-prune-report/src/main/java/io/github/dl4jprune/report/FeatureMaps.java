package io.github.dl4jprune.report;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.report.Block.Maps;
import io.github.dl4jprune.report.Block.Note;
import io.github.dl4jprune.report.Block.Picture;
import io.github.dl4jprune.report.Section.Part;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a convolution sees in one image, channel by channel: the pruned channels framed and, for each, the kept channels
 * that stand in for it. These are the kept filters at the smallest Euclidean distance between weights.
 *
 * @see <a href="https://arxiv.org/abs/1811.00250">He et al. (2019), Filter Pruning via Geometric Median</a>
 */
public final class FeatureMaps {
    /** How many stand-ins are shown for a pruned channel. */
    static final int STAND_INS = 3;

    private final String layer;
    private final Set<Integer> kept;
    private final List<String> maps = new ArrayList<>();
    private final String image;
    private final double[][] filters;

    private FeatureMaps(String layer, Set<Integer> kept, String image, double[][] filters) {
        this.layer = layer;
        this.kept = kept;
        this.image = image;
        this.filters = filters;
    }

    /**
     * Runs the network once.
     *
     * @param network the network before it was pruned; left untouched
     * @param layer a layer of two-dimensional convolution
     * @param kept its channels that pruning kept
     * @param image one example as the network takes it, shape [1, channels, height, width] or [1, height, width, channels]
     * @throws IllegalArgumentException if there is no such layer, it puts out no images or has no filters, or it has
     *     fewer channels than were kept
     */
    public static FeatureMaps of(
            NetworkView<? extends Model> network, String layer, List<Integer> kept, INDArray image) {
        Map<String, INDArray> all = network.activations(image);
        INDArray seen = all.get(layer);
        if (seen == null) {
            throw new IllegalArgumentException(
                    "layer \"" + layer + "\" is not in the network" + NearestName.hintOrList(layer, all.keySet()));
        }
        if (seen.rank() != 4) {
            throw new IllegalArgumentException(
                    "layer \"" + layer + "\" must put out images, got the shape " + Arrays.toString(seen.shape()));
        }
        ChannelGraph graph = ChannelGraph.of(network);
        boolean last = graph.channelAxis(layer) != 1;
        INDArray channels = last ? seen.permute(0, 3, 1, 2) : seen;
        int most = kept.stream().mapToInt(i -> i).max().orElse(-1);
        if (most >= channels.size(1)) {
            throw new IllegalArgumentException(
                    "layer \"%s\" must be that of the network before pruning: it has %d channels, channel %d was kept"
                            .formatted(layer, channels.size(1), most));
        }
        double[][] filters = new ChannelScorer(network, graph)
                .filters(layer)
                .castTo(DataType.DOUBLE)
                .toDoubleMatrix();
        FeatureMaps result = new FeatureMaps(
                layer, new TreeSet<>(kept), image.rank() == 4 ? GrayImage.png(image, last) : "", filters);
        for (int channel = 0; channel < channels.size(1); channel++) {
            result.maps.add(GrayImage.png(channels.slice(0).slice(channel)));
        }
        return result;
    }

    Section section() {
        List<Block> blocks = new ArrayList<>();
        if (!image.isEmpty()) {
            blocks.add(new Picture(image, "The image, as the network gets it"));
        }
        blocks.add(new Maps("All channels, the pruned ones framed", maps()));
        for (int channel = 0; channel < maps.size(); channel++) {
            if (!kept.contains(channel)) {
                blocks.add(new Maps("Channel " + channel + " and the kept filters nearest to it", row(channel)));
            }
        }
        if (kept.size() == maps.size()) {
            blocks.add(new Note("No channel of this layer was pruned."));
        }
        return new Section(
                "features",
                "Feature maps",
                "What a layer puts out for one image, each channel from its smallest value (black) to its largest (white).",
                List.of(new Part("layer " + layer, blocks)));
    }

    private List<Block.FeatureMap> maps() {
        return IntStream.range(0, maps.size())
                .mapToObj(channel -> map(channel, String.valueOf(channel)))
                .toList();
    }

    private List<Block.FeatureMap> row(int pruned) {
        List<Block.FeatureMap> row = new ArrayList<>(List.of(map(pruned, pruned + " pruned")));
        kept.stream()
                .sorted(Comparator.comparingDouble(other -> distance(pruned, other)))
                .limit(STAND_INS)
                .forEach(other -> row.add(map(
                        other, "%d, distance %s".formatted(other, Figures.scientific(distance(pruned, other))))));
        return row;
    }

    private Block.FeatureMap map(int channel, String caption) {
        return new Block.FeatureMap(maps.get(channel), caption, kept.contains(channel) ? "kept" : "pruned");
    }

    private double distance(int first, int second) {
        double sum = 0;
        for (int i = 0; i < filters[first].length; i++) {
            double apart = filters[first][i] - filters[second][i];
            sum += apart * apart;
        }
        return Math.sqrt(sum);
    }
}
