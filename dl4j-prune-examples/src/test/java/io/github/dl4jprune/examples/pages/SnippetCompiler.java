package io.github.dl4jprune.examples.pages;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes classes of snippets. A snippet is either statements, which become the body of {@link Page#run}, with the packages below
 * imported; or a whole class {@code X} with its own imports, whose {@code main} is run.
 */
final class SnippetCompiler {
    /** What a snippet need not import: all of ours, and what its statements use of Java, DL4J, ND4J and ONNX Runtime. */
    private static final List<String> IMPORTED = List.of(
            "io.github.dl4jprune",
            "io.github.dl4jprune.acceleration",
            "io.github.dl4jprune.adversarial",
            "io.github.dl4jprune.compression",
            "io.github.dl4jprune.criterion",
            "io.github.dl4jprune.datasets",
            "io.github.dl4jprune.generation",
            "io.github.dl4jprune.listeners",
            "io.github.dl4jprune.live",
            "io.github.dl4jprune.models",
            "io.github.dl4jprune.onnx",
            "io.github.dl4jprune.reconstruction",
            "io.github.dl4jprune.schedule",
            "io.github.dl4jprune.search",
            "io.github.dl4jprune.selection",
            "io.github.dl4jprune.storage",
            "io.github.dl4jprune.training",
            "ai.onnxruntime",
            "java.io",
            "java.nio",
            "java.nio.file",
            "java.util",
            "org.deeplearning4j.nn.graph",
            "org.deeplearning4j.nn.multilayer",
            "org.nd4j.linalg.api.ndarray",
            "org.nd4j.linalg.schedule");

    private final Path classes;

    /** Puts class files into a folder. */
    SnippetCompiler(Path classes) {
        this.classes = classes;
    }

    /** The snippet, ready to run once with the preamble of its page. */
    Page page(String snippet, Class<? extends Page> preamble) throws ReflectiveOperationException, IOException {
        String body = snippet;
        String besides = "";
        if (snippet.contains("public static void main(")) {
            String program = snippet.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1");
            compile(program, snippet);
            body = program + ".main(arguments(\"" + program + "\"));";
        } else {
            besides = IMPORTED.stream().map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
        }
        compile(
                "Snippet",
                besides + "public class Snippet extends " + preamble.getName()
                        + " {\n    public Snippet() throws Exception {}\n\n    @Override\n"
                        + "    public void run() throws Exception {\n" + body + "\n    }\n}\n");
        // left open: a snippet may load classes when it runs
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, SnippetCompiler.class.getClassLoader());
        return (Page) loader.loadClass("Snippet").getConstructor().newInstance();
    }

    private void compile(String name, String source) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests need a JDK");
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of(
                "-proc:none", "-d", classes.toString(), "-cp", classes + System.getProperty("path.separator") + path);
        StringWriter messages = new StringWriter();
        if (!compiler.getTask(messages, null, null, options, null, List.of(new Source(name, source)))
                .call()) {
            throw new AssertionError(messages + source);
        }
    }

    /** Java in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
