package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Column;
import io.github.dl4jprune.report.Block.Folded;
import io.github.dl4jprune.report.Block.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All models side by side, with a column for whatever is known of one of them. */
final class ModelTable {
    private final Collection<ModelFacts> models;
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<ModelFacts, String>> cells = new ArrayList<>();

    private ModelTable(Collection<ModelFacts> models) {
        this.models = models;
    }

    /** Empty unless there are two models at least and two things are known of them. */
    static Optional<Table> of(List<Result> results) {
        ModelTable table = new ModelTable(inFamilies(ModelFacts.of(results)));
        Table all = table.table();
        return all.rows().size() < 2 || all.columns().size() < 3 ? Optional.empty() : Optional.of(all);
    }

    /** Every model is followed by those made from it. */
    private static List<ModelFacts> inFamilies(Map<String, ModelFacts> all) {
        Set<ModelFacts> ordered = new LinkedHashSet<>();
        all.values().stream()
                .filter(model -> !all.containsKey(model.parent()))
                .forEach(founder -> addFamily(founder, all, ordered));
        ordered.addAll(all.values()); // two that name each other as the source
        return ordered.stream().filter(model -> !model.path().isEmpty()).toList();
    }

    private static void addFamily(ModelFacts model, Map<String, ModelFacts> all, Set<ModelFacts> ordered) {
        if (ordered.add(model)) {
            all.values().stream()
                    .filter(child -> child.parent().equals(model.path()))
                    .forEach(child -> addFamily(child, all, ordered));
        }
    }

    private Table table() {
        add(Column.words("Model"), this::name);
        add(Column.words("Made by"), ModelFacts::madeBy);
        add(Column.figures("Parameters"), model -> model.size("parameters"));
        add(Column.figures("Multiply-adds"), model -> model.size("macs"));
        add(Column.figures("Bytes"), model -> model.size("bytes"));
        add(Column.words("Accuracy (examples)"), ModelFacts::accuracy);
        add(Column.words("Time (batch)"), ModelFacts::time);
        List<List<String>> rows = models.stream()
                .map(model -> cells.stream().map(cell -> cell.apply(model)).toList())
                .toList();
        return new Table("", columns, rows, Folded.OPEN);
    }

    private void add(Column column, Function<ModelFacts, String> cell) {
        if (models.stream().anyMatch(model -> !cell.apply(model).isEmpty())) {
            columns.add(column);
            cells.add(cell);
        }
    }

    /** The file's name, or its path where two have the same name. */
    private String name(ModelFacts model) {
        String name = Result.name(model.path());
        long same = models.stream()
                .filter(other -> Result.name(other.path()).equals(name))
                .count();
        return same == 1 ? name : model.path();
    }
}
