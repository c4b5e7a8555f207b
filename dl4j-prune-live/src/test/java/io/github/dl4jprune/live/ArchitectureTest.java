package io.github.dl4jprune.live;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.github.dl4jprune.";
    private static final String OWN = ROOT + "live..";
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.dl4jprune");

    @Test
    void nothing_below_knows_the_view() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OWN)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(OWN)
                .because("pruning is watched, and does not know by whom")
                .check(PRODUCTION);
    }

    @Test
    void the_view_reads_listeners_and_touches_no_array() {
        classes()
                .that()
                .resideInAPackage(OWN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        OWN,
                        ROOT + "listeners..",
                        ROOT + "channel..",
                        ROOT + "mask..",
                        ROOT + "report..",
                        "org.deeplearning4j..",
                        "org.nd4j.shade.jackson..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.sun.net.httpserver..",
                        "java..")
                .because("what is shown must not change what is trained")
                .check(PRODUCTION);
    }
}
