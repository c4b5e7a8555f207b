package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.github.dl4jprune.testing.Documentation;
import io.github.dl4jprune.testing.Documentation.Excerpt;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of packages in docs/architecture.md. */
class DocumentedPackagesTest {
    private static final String ROOT = "io.github.dl4jprune";
    private static final Pattern ARROW = Pattern.compile("(\\w+)(?:\\[.*])? --> (\\w+)");

    @Test
    void the_picture_says_which_package_uses_which() {
        Map<String, Set<String>> drawn = new TreeMap<>();
        ARROW.matcher(picture()).results().forEach(arrow -> add(drawn, arrow.group(1), arrow.group(2)));

        assertThat(closure(drawn)).isEqualTo(closure(used()));
    }

    private static String picture() {
        return Documentation.blocks("docs/architecture.md").stream()
                .filter(block -> block.language().equals("mermaid"))
                .map(Excerpt::text)
                .filter(text -> text.contains("surgery --> mask"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass user : ArchitectureTest.PRODUCTION) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT)) {
                    add(used, name(user), name(target));
                }
            }
        }
        return used;
    }

    private static String name(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "root" : name.substring(ROOT.length() + 1);
    }

    private static void add(Map<String, Set<String>> arrows, String from, String to) {
        if (!from.equals(to)) {
            arrows.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
        }
    }

    /** All that can be reached. */
    private static Map<String, Set<String>> closure(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> closed = new TreeMap<>();
        arrows.forEach((from, to) -> closed.put(from, new TreeSet<>(to)));
        for (int round = 0; round < closed.size(); round++) {
            closed.values()
                    .forEach(reached ->
                            Set.copyOf(reached).forEach(next -> reached.addAll(closed.getOrDefault(next, Set.of()))));
        }
        return closed;
    }
}
