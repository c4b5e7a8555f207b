package io.github.dl4jprune.cost;

import java.util.HashMap;
import java.util.Map;

/** The times of one layer over a grid of widths, measured when first asked for, linear between the points of the grid. */
final class LayerTable {
    private final TimedLayer layer;
    private final WidthGrid in;
    private final WidthGrid out;
    private final LayerTime time;
    private final Map<Long, Double> known = new HashMap<>();

    LayerTable(TimedLayer layer, WidthGrid in, WidthGrid out, LayerTime time) {
        this.layer = layer;
        this.in = in;
        this.out = out;
        this.time = time;
    }

    /** Number of points of the grid. */
    int points() {
        return layer.unitsPerInput() > 0 ? in.size() : in.size() * out.size();
    }

    int measured() {
        return known.size();
    }

    double millis(int inWidth, int outWidth) {
        int low = in.below(inWidth);
        int high = in.above(inWidth);
        if (layer.unitsPerInput() > 0) {
            double first = at(low, low * layer.unitsPerInput());
            return low == high ? first : between(low, high, inWidth, first, at(high, high * layer.unitsPerInput()));
        }
        double first = alongOut(low, outWidth);
        return low == high ? first : between(low, high, inWidth, first, alongOut(high, outWidth));
    }

    private double alongOut(int inWidth, int outWidth) {
        int low = out.below(outWidth);
        int high = out.above(outWidth);
        double first = at(inWidth, low);
        return low == high ? first : between(low, high, outWidth, first, at(inWidth, high));
    }

    private static double between(int low, int high, int width, double first, double second) {
        return first + (second - first) * (width - low) / (high - low);
    }

    /** Asks again for every time that is known. */
    void refresh() {
        known.replaceAll((point, old) -> time.millis(layer, (int) (point >>> Integer.SIZE), point.intValue()));
    }

    private double at(int inWidth, int outWidth) {
        long point = ((long) inWidth << Integer.SIZE) | outWidth;
        Double found = known.get(point);
        if (found == null) {
            found = time.millis(layer, inWidth, outWidth);
            known.put(point, found);
        }
        return found;
    }
}
