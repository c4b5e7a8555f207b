package io.github.dl4jprune.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a part of the page. */
sealed interface Block {
    /** A sentence. */
    record Note(String text) implements Block {}

    /** Figures before and after. */
    record Tiles(List<Tile> tiles) implements Block {}

    /**
     * One figure before and after.
     *
     * @param left how much is left, a fraction; null: no bar is drawn
     */
    record Tile(
            String label,
            String before,
            String after,
            String remark,
            @Nullable Double left) {}

    /** Charts beside each other where there is room. */
    record Charts(List<Chart> charts) implements Block {}

    /**
     * Rows of text.
     *
     * @param folded whether it opens only on request
     */
    record Table(String caption, List<Column> columns, List<List<String>> rows, Folded folded) implements Block {
        /** Copies the lists. */
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** One column of a table. */
    record Column(String title, Align align) {
        static Column words(String title) {
            return new Column(title, Align.WORDS);
        }

        static Column figures(String title) {
            return new Column(title, Align.FIGURES);
        }
    }

    /** How the cells of a column stand. */
    enum Align {
        /** To the left. */
        WORDS,
        /** To the right, digits of one width. */
        FIGURES
    }

    /** Whether a table is open from the start. */
    enum Folded {
        /** Always there. */
        OPEN,
        /** Opened by the reader. */
        CLOSED
    }

    /** A command line. */
    record Code(String text) implements Block {}

    /** A picture with what it shows, as a {@code data:} URI. */
    record Picture(String uri, String description) implements Block {}

    /** Small pictures beside each other. */
    record Maps(String title, List<FeatureMap> maps) implements Block {}

    /**
     * One channel.
     *
     * @param uri the picture
     * @param fate kept or pruned
     */
    record FeatureMap(String uri, String caption, String fate) {}
}
