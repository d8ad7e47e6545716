package dev.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitted;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.report.DerivationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the tool does. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void theGradientsAreThoseThatAreDerived() {
        String printed = DerivationText.of(Derive.derive(spec().layers().get(0)), false);
        assertThat(printed).as("renew the README's block from `adjoint derive`").isEqualTo(block("text"));
    }

    @Test
    void theJavaIsWhatIsEmitted() {
        Generate generate = spec().generates().get(0);
        String emitted = Emitter.emit(generate, Derive.derive(generate.layer()), "correlation.layer")
                .get(0)
                .text();
        assertThat(emitted)
                .as("renew the README's block from `adjoint generate`")
                .contains(block("java"));
    }

    @Test
    void thePluginIsBoundAsInRealProjects() {
        String shown = unindented(block("xml"));
        assertThat(shown).as("the version is this project's").contains("<version>" + version() + "</version>");
        assertThat(unindented(read("src/it/digits/pom.xml"))).contains(shown);
        assertThat(unindented(read("src/it/specs-become-classes/pom.xml")).replace("@project.version@", version()))
                .contains(shown);
    }

    @Test
    void theSpecIsBuiltByARealProject() {
        assertThat(read("src/it/specs-become-classes/src/main/adjoint/correlation.layer"))
                .isEqualTo(block("layer"));
    }

    @Test
    void thePropertiesAreThoseOfTheGoal() {
        String goal = read("src/main/java/dev/adjoint/maven/GenerateMojo.java");
        assertThat(found("\\| `(adjoint\\.\\w+)` \\|", readme))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(found("property = \"([\\w.]+)\"", goal));
    }

    @Test
    void theClassIsCalledAsShown() {
        Generate generate = spec().generates().get(0);
        List<SourceFile> files =
                new ArrayList<>(Emitter.emit(generate, Derive.derive(generate.layer()), "correlation.layer"));
        String calls = readme.substring(readme.indexOf("```java\nCorrelation3x3 layer") + 8);
        files.add(new SourceFile("com/acme/layers/Use.java", """
                package com.acme.layers;
                final class Use {
                    void use(float[] o, float[] w, float[] delta, float[] gradO, float[] gradW) {
                        %s
                    }
                }
                """.formatted(calls.substring(0, calls.indexOf("```")))));
        assertThat(Emitted.compile(files, "com.acme.layers.Correlation3x3").type())
                .hasPackage("com.acme.layers");
    }

    @Test
    void everyLinkLeadsToAFile() {
        Matcher links = Pattern.compile("\\]\\(([\\w./-]+)\\)").matcher(readme);
        assertThat(links.results().map(link -> Path.of(link.group(1))))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).exists());
    }

    private SpecFile spec() {
        return Specs.parse("correlation.layer", block("layer"), Importers.library());
    }

    private String block(String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).as("a block of %s in the README", language).isTrue();
        return block.group(1);
    }

    /** This project's own version: the first in its pom. */
    private static String version() {
        return found("<version>([^<]+)</version>", read("pom.xml")).get(0);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String unindented(String xml) {
        return xml.replaceAll("(?m)^ +", "");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
