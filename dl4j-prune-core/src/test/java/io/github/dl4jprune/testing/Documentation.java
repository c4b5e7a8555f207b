package io.github.dl4jprune.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Visitor;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** What users read: README.md and every Markdown file under docs, in this checkout. */
public final class Documentation {
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private Documentation() {}

    /** The folder of README.md; surefire tells where the module is, whatever the working directory. */
    public static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    /** Paths below {@link #root}, with slashes: README.md first, then docs in order of their names. */
    public static List<String> pages() {
        try (Stream<Path> files = Files.walk(root().resolve("docs"))) {
            Stream<String> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> root().relativize(file).toString().replace('\\', '/'))
                    .sorted();
            return Stream.concat(Stream.of("README.md"), pages).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a page. */
    public static String text(String page) {
        try {
            return Files.readString(root().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a page, in order. */
    public static List<Excerpt> blocks(String page) {
        List<Excerpt> blocks = new ArrayList<>();
        visit(page, new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                blocks.add(new Excerpt(page, line(block) + 1, block.getInfo(), block.getLiteral()));
            }
        });
        return blocks;
    }

    /** What stands between back-quotes in a page's sentences, in order. */
    public static List<Excerpt> phrases(String page) {
        List<Excerpt> phrases = new ArrayList<>();
        visit(page, new AbstractVisitor() {
            @Override
            public void visit(Code code) {
                phrases.add(new Excerpt(page, line(code), "", code.getLiteral()));
            }
        });
        return phrases;
    }

    /** The headings of a page, of every level, without mark-up. */
    public static List<String> headings(String page) {
        List<String> headings = new ArrayList<>();
        TextContentRenderer renderer = TextContentRenderer.builder().build();
        visit(page, new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                headings.add(renderer.render(heading).replace("\"", ""));
            }
        });
        return headings;
    }

    /**
     * What stands under a heading, up to the next heading of any level.
     *
     * @param heading as it stands in the page, with number signs and mark-up
     */
    public static String section(String page, String heading) {
        List<String> lines = text(page).lines().toList();
        int start = lines.indexOf(heading) + 1;
        if (start == 0) {
            throw new IllegalArgumentException(page + " must have the heading \"" + heading + "\"");
        }
        return lines.stream()
                .skip(start)
                .takeWhile(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    private static void visit(String page, Visitor visitor) {
        PARSER.parse(text(page)).accept(visitor);
    }

    private static int line(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    /**
     * Something in a page that is code.
     *
     * @param page path of the page, as in {@link #pages}
     * @param line number of its first line, from 1
     * @param language what stands behind the back-quotes of a block; may be empty
     * @param text the code, each line of a block with its line break
     */
    public record Excerpt(String page, int line, String language, String text) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }
}
