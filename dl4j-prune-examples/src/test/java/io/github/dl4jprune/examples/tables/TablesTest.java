package io.github.dl4jprune.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.PrunedGroup;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.datasets.EmbeddedImages;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.examples.SmallImages;
import io.github.dl4jprune.models.PixelScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both tables on a few images; what they measure is of no meaning, how they measure is the same. */
class TablesTest {
    private static final String[] STREAMS = {"conv1", "layer2.0.conv2", "layer3.0.conv2"};
    private static final TableImages IMAGES =
            new TableImages(images(Split.TRAIN), images(Split.VALIDATION), PixelScale.IMAGENET.normalizer());

    @TempDir
    Path folder;

    private static LabeledImages images(Split split) {
        return new EmbeddedImages().load(split).take(20);
    }

    @Test
    void every_criterion_gets_a_line_and_the_same_seed_the_same_figures() throws IOException {
        Path first = folder.resolve("first.csv");
        Path second = folder.resolve("second.csv");
        MeasuredRows rows = new MeasuredRows(first, CriterionTable.HEADER);

        new CriterionTable(SmallImages.resnet8(), IMAGES, STREAMS).measure(rows, 1);
        new CriterionTable(SmallImages.resnet8(), IMAGES, STREAMS)
                .measure(new MeasuredRows(second, CriterionTable.HEADER), 1);

        assertThat(rows.all().keySet()).containsExactlyElementsOf(Criteria.names());
        assertThat(second).hasSameTextualContentAs(first);
        assertThat(CriterionTable.text(rows).lines())
                .hasSize(2 + Criteria.names().size());
    }

    @Test
    void inner_widths_are_those_of_the_published_protocol() {
        CriterionTable table = new CriterionTable(SmallImages.resnet8(), IMAGES, STREAMS);

        List<PrunedGroup> inner = table.pruner(new L1Norm()).prune().groups().stream()
                .filter(group -> !List.of(STREAMS).contains(group.name()))
                .toList();

        assertThat(inner).extracting(PrunedGroup::width).containsExactly(16, 32, 64);
        assertThat(inner).extracting(PrunedGroup::kept).containsExactly(9, 19, 38);
    }

    @Test
    void hard_and_soft_end_at_the_same_sparsity_with_every_schedule() {
        MeasuredRows rows = new MeasuredRows(folder.resolve("rows.csv"), ScheduleTable.HEADER);

        new ScheduleTable(SmallImages::resnet8, IMAGES, STREAMS).measure(rows, 1);

        assertThat(rows.all())
                .containsOnlyKeys(
                        "hard l2 one-shot",
                        "hard l2 log",
                        "hard l2 agp",
                        "hard l2 asfp",
                        "hard geometric-median agp",
                        "soft l2 agp",
                        "soft geometric-median agp",
                        "soft-as-published l2 agp",
                        "soft-as-published geometric-median agp");
        assertThat(rows.all().values().stream().flatMap(seeds -> seeds.values().stream()))
                .allSatisfy(row -> assertThat(row[1]).isEqualTo(43.0 / 112));
        List<String> lines = ScheduleTable.text(rows).lines().toList();
        assertThat(lines.get(0)).isEqualTo("| pruning | criterion | schedule | accuracy |");
        assertThat(lines.subList(2, 11))
                .allSatisfy(line -> assertThat(line.split("\\|")).hasSize(5));
    }

    @Test
    void a_deleted_row_is_measured_again_as_it_was() throws IOException {
        Path file = folder.resolve("rows.csv");
        CriterionTable table = new CriterionTable(SmallImages.resnet8(), IMAGES, STREAMS);
        table.measure(new MeasuredRows(file, CriterionTable.HEADER), 1);
        List<String> all = Files.readAllLines(file);
        Files.write(file, all.subList(0, all.size() - 1));

        table.measure(new MeasuredRows(file, CriterionTable.HEADER), 1);

        assertThat(Files.readAllLines(file)).isEqualTo(all);
    }
}
