package dev.gptoss.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of the engine. */
class ArchitectureTests {

    private static final String ROOT = "dev.gptoss.engine";

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theRulesSeeTheWholeEngine() {
        assertThat(ENGINE.size()).isGreaterThan(150);
    }

    @Test
    void theEngineKnowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor..", "io.micrometer..")
                .because("the engine is plain Java; put the glue into gpt-oss-autoconfigure")
                .check(ENGINE);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ENGINE);
    }

    @Test
    void lowerRoomsKnowNoHigherOnes() {
        mayOnlyUse("tokenizer");
        mayOnlyUse("weights");
        mayOnlyUse("harmony", "tokenizer");
        mayOnlyUse("schema", "tokenizer");
        mayOnlyUse("model", "weights");
        mayOnlyUse("compute", "weights", "model");
        mayOnlyUse("constrain", "harmony", "schema", "tokenizer");
    }

    @Test
    void onlyTheCpuBackendLoadsTheIncubatorModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".compute.cpu..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .because("the engine works without the module; go through the kernels' door in compute.cpu")
                .check(ENGINE);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .resideInAnyPackage(ENGINE.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type -> type.isAnnotatedWith(NullMarked.class))
                        .map(JavaClass::getPackageName)
                        .toArray(String[]::new))
                .because("null is part of a contract; add a package-info.java with @NullMarked and a sentence")
                .check(ENGINE);
    }

    private static void mayOnlyUse(String room, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = ROOT + "." + room + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = ROOT + "." + others[i] + "..";
        }
        classes()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(allowed)
                        .or(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."))))
                .allowEmptyShould(true)
                .because("arrows point one way: " + room + " may only use " + String.join(", ", others))
                .check(ENGINE);
    }
}
