package dev.adjoint;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules: which package may import which, who sees which library, and how long a file may be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseTest {

    private static final String ROOT = "dev.adjoint";
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TEMPLATES = Path.of("templates");
    private static final int MOST_LINES = 400;

    /** The pipeline, in the order in which a layer flows through it: a package may import those before it. */
    private static final List<String> PIPELINE = List.of(
            "diagnostic",
            "index",
            "expr",
            "eval",
            "lang",
            "lift",
            "derive",
            "prove",
            "bilinear",
            "loop",
            "transform",
            "lower",
            "plan",
            "template",
            "emit",
            "check",
            "report",
            "build");

    /** The faces: they may import the API and every stage, never one another. */
    private static final List<String> FACES = List.of("cli", "maven");

    /** Files longer than 400 lines that hold one idea all the same: path → why it is not split. */
    private static final Map<String, String> LONG_FILES = Map.of();

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    record Rule(String who, List<String> from, List<String> mayNotSee, String advice) {
        @Override
        public String toString() {
            return who;
        }
    }

    static Stream<Rule> order() {
        List<Rule> rules = new ArrayList<>();
        for (int stage = 0; stage < PIPELINE.size(); stage++) {
            List<String> later = new ArrayList<>(PIPELINE.subList(stage + 1, PIPELINE.size()));
            later.addAll(FACES);
            List<String> forbidden =
                    new ArrayList<>(later.stream().map(HouseTest::room).toList());
            forbidden.add(ROOT);
            rules.add(new Rule(
                    PIPELINE.get(stage),
                    List.of(room(PIPELINE.get(stage))),
                    forbidden,
                    "the flow is one way: " + String.join(" → ", PIPELINE) + " → API → " + String.join(", ", FACES)
                            + "; move the shared part up the stream, or pass it in as a value or a callback"));
        }
        rules.add(new Rule(
                "API",
                List.of(ROOT),
                FACES.stream().map(HouseTest::room).toList(),
                "the API knows no face; give the face what it needs as a parameter or a return value"));
        for (String face : FACES) {
            List<String> others = FACES.stream().filter(f -> !f.equals(face)).toList();
            rules.add(new Rule(
                    face,
                    List.of(room(face)),
                    others.stream().map(HouseTest::room).toList(),
                    "faces do not import one another; what both need belongs to the API in " + ROOT));
        }
        return rules.stream();
    }

    @ParameterizedTest
    @MethodSource("order")
    @DisplayName("a package imports only what stands above it")
    void importsOnlyWhatStandsAbove(Rule rule) {
        noClasses()
                .that(resideInAnyPackage(rule.from().toArray(String[]::new)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(rule.mayNotSee().toArray(String[]::new)))
                .because(rule.advice())
                .allowEmptyShould(true)
                .check(classes);
    }

    static Stream<Rule> libraries() {
        return Stream.of(
                library("JavaParser", List.of("com.github.javaparser.."), "lift", "check"),
                // StringTemplate's own API hands out tokens of ANTLR 3.
                library("StringTemplate", List.of("org.stringtemplate..", "org.antlr.runtime.."), "template"),
                library("ANTLR", List.of("org.antlr.v4.."), "lang"),
                library("Commons Math", List.of("org.apache.commons.math3.."), "check"),
                library("picocli", List.of("picocli.."), "cli"),
                library(
                        "Maven and Plexus",
                        List.of("org.apache.maven..", "org.codehaus.plexus..", "org.sonatype..", "org.eclipse.sisu.."),
                        "maven"));
    }

    private static Rule library(String name, List<String> packages, String... seenBy) {
        return new Rule(
                name,
                Stream.of(seenBy).map(HouseTest::room).toList(),
                packages,
                "only " + String.join(" and ", seenBy) + " may see " + name
                        + "; wrap what you need there and hand on plain values");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    @DisplayName("a library is seen by its own room only")
    void libraryIsSeenByItsOwnRoomOnly(Rule rule) {
        noClasses()
                .that(resideInAPackage(ROOT + "..")
                        .and(not(resideInAnyPackage(rule.from().toArray(String[]::new)))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(rule.mayNotSee().toArray(String[]::new)))
                .because(rule.advice())
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> rooms = new TreeSet<>();
        for (String name : packagesOfMain()) {
            if (!name.equals(ROOT)) {
                rooms.add(
                        name.startsWith(ROOT + ".")
                                ? name.substring(ROOT.length() + 1).split("\\.")[0]
                                : name);
            }
        }
        rooms.removeAll(PIPELINE);
        rooms.removeAll(FACES);
        assertThat(rooms)
                .as("packages that HouseTest does not know: give each its place in PIPELINE, in the order of the flow")
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = new ArrayList<>();
        for (String name : packagesOfMain()) {
            Path info = MAIN.resolve(name.replace('.', '/')).resolve("package-info.java");
            if (!Files.exists(info)) {
                silent.add(info + " is missing");
            } else if (!read(info).contains("@NullMarked")) {
                silent.add(info + " lacks @NullMarked");
            } else if (!read(info).startsWith("/**")) {
                silent.add(info + " lacks its Javadoc");
            }
        }
        assertThat(silent)
                .as(
                        "every package has a package-info.java, @NullMarked, whose Javadoc says in a paragraph what the package"
                                + " is for, what goes in, what comes out, and what it may import")
                .isEmpty();
    }

    @Test
    void aFileHoldsOneIdea() {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file :
                Stream.of(MAIN, TEMPLATES).flatMap(HouseTest::filesBelow).toList()) {
            int lines = (int) read(file).lines().count();
            if (lines > MOST_LINES) {
                tooLong.put(slashed(file), lines);
            }
        }
        Set<String> unexplained = new TreeSet<>(tooLong.keySet());
        unexplained.removeAll(LONG_FILES.keySet());
        assertThat(unexplained)
                .as(
                        "files over %d lines (%s): split each along its ideas, or, if it holds one, enter it with the reason in"
                                + " HouseTest.LONG_FILES",
                        MOST_LINES, tooLong)
                .isEmpty();
        Set<String> outdated = new TreeSet<>(LONG_FILES.keySet());
        outdated.removeAll(tooLong.keySet());
        assertThat(outdated)
                .as("files in HouseTest.LONG_FILES that are gone or short enough by now: take them off the list")
                .isEmpty();
    }

    private static String room(String name) {
        return ROOT + "." + name + "..";
    }

    /** The packages of src/main/java that hold a Java file. */
    private static Set<String> packagesOfMain() {
        Set<String> names = new TreeSet<>();
        filesBelow(MAIN)
                .filter(file -> file.toString().endsWith(".java"))
                .forEach(file ->
                        names.add(slashed(MAIN.relativize(file.getParent())).replace('/', '.')));
        return names;
    }

    private static Stream<Path> filesBelow(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
