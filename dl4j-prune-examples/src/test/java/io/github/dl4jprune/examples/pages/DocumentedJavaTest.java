package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.testing.Documentation;
import io.github.dl4jprune.testing.Documentation.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in README.md and under docs, as it stands there. */
class DocumentedJavaTest {
    /** What the snippets of a page may use; those of the others stand on their own. */
    private static final Map<String, Class<? extends Page>> PREAMBLES = Map.of(
            "README.md", ReadmePage.class,
            "docs/criteria.md", ReadmePage.class,
            "docs/onnx.md", OnnxPage.class,
            "docs/search.md", SearchPage.class,
            "docs/tutorials/compress.md", CompressPage.class,
            "docs/tutorials/deploy-onnx.md", DeployPage.class,
            "docs/tutorials/live-view.md", LiveViewPage.class,
            "docs/tutorials/prune-your-network.md", PruneYourNetworkPage.class,
            "docs/tutorials/while-training.md", WhileTrainingPage.class);

    @TempDir
    Path folder;

    private static Stream<Excerpt> snippets() {
        return Documentation.pages().stream()
                .flatMap(page -> Documentation.blocks(page).stream())
                .filter(block -> block.language().equals("java"));
    }

    @TestFactory
    Stream<DynamicTest> every_snippet_compiles_and_runs() {
        return snippets().map(snippet -> DynamicTest.dynamicTest(snippet.toString(), () -> run(snippet)));
    }

    private void run(Excerpt snippet) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        Page page = new SnippetCompiler(classes)
                .page(snippet.text(), PREAMBLES.getOrDefault(snippet.page(), NoPreamble.class));

        page.run();

        page.check(snippet.text());
    }

    @Test
    void every_page_with_a_preamble_has_snippets() {
        List<String> pages = snippets().map(Excerpt::page).toList();

        assertThat(pages).containsAll(PREAMBLES.keySet());
    }
}
