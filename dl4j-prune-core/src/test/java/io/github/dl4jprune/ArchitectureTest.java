package io.github.dl4jprune;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.github.dl4jprune";
    private static final String ROOT_LAYER = "root";

    /** From the bottom up: each may use those before it and none after it. */
    private static final List<String> LAYERS = List.of(
            "text",
            "criterion",
            "schedule",
            "network",
            "channel",
            "mask",
            "cost",
            "selection",
            "surgery",
            "sketch",
            "folding",
            "reconstruction",
            "storage",
            "generation",
            "search",
            "onnx",
            "compression",
            "sparse");

    static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packages_use_only_what_lies_below_them() {
        LayeredArchitecture architecture = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer(ROOT_LAYER)
                .definedBy(ROOT)
                .whereLayer(ROOT_LAYER)
                .mayNotBeAccessedByAnyLayer();
        for (String layer : LAYERS) {
            architecture = architecture.layer(layer).definedBy(ROOT + "." + layer + "..");
        }
        for (int i = 0; i < LAYERS.size(); i++) {
            architecture = i == 0
                    ? architecture.whereLayer(LAYERS.get(i)).mayNotAccessAnyLayer()
                    : architecture
                            .whereLayer(LAYERS.get(i))
                            .mayOnlyAccessLayers(LAYERS.subList(0, i).toArray(String[]::new));
        }

        architecture
                .because("a reader of one package should need only the ones below it")
                .check(PRODUCTION);
    }

    @Test
    void criteria_and_schedules_do_not_know_what_a_network_is() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".text..", ROOT + ".criterion..", ROOT + ".schedule..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .because("they turn arrays and counters into numbers, for any network")
                .check(PRODUCTION);
    }

    @Test
    void no_class_names_a_backend() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j.linalg.cpu..", "org.nd4j.linalg.jcublas..", "org.nd4j.nativeblas..")
                .because("the same code runs on CPUs and GPUs, whichever backend is on the classpath")
                .check(PRODUCTION);
    }
}
