package io.github.dl4jprune.cli.console;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Tables of text: words to the left, numbers to the right. */
public final class Table {
    private Table() {}

    /** A table with a line for every row. */
    public static <R> String of(Collection<R> rows, List<ColumnData<R>> columns) {
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                .lineSeparator(System.lineSeparator())
                .data(rows, columns)
                .asString();
    }

    /** A column of words, at the left. */
    public static <R> ColumnData<R> words(String header, Function<R, String> value) {
        return new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(60)
                .with(value);
    }

    /** A column of figures written already, at the right. */
    public static <R> ColumnData<R> figures(String header, Function<R, String> value) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).with(value);
    }

    /** A column of whole numbers with commas at the thousands. */
    public static <R> ColumnData<R> count(String header, ToLongFunction<R> value) {
        return figures(header, row -> String.format(Locale.ROOT, "%,d", value.applyAsLong(row)));
    }

    /** A column of numbers with two decimals. */
    public static <R> ColumnData<R> decimal(String header, ToDoubleFunction<R> value) {
        return figures(header, row -> String.format(Locale.ROOT, "%.2f", value.applyAsDouble(row)));
    }
}
