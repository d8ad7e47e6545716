package dev.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.build.VerifyRequest;
import dev.adjoint.build.VerifyResult;
import dev.adjoint.derive.Derive;
import dev.adjoint.diagnostic.CaretRenderer;
import dev.adjoint.emit.Emitted;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.prove.Prover;
import dev.adjoint.report.DerivationText;
import dev.adjoint.report.VerdictText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the tool does. */
class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void theGradientsAreThoseThatAreDerived() {
        String printed = DerivationText.of(Derive.derive(spec().layers().get(0)), false);
        assertThat(printed).as("renew the README's block from `adjoint derive`").isEqualTo(block("text"));
    }

    @Test
    void theWrongDerivationIsRefutedInTheseWords(@TempDir Path temp) throws IOException {
        String spec = block("layer", 0).replace("\n}\n\ngenerate", "\n\n" + block("layer", 1) + "}\n\ngenerate");
        Path file = Files.writeString(temp.resolve("correlation.layer"), spec);
        VerifyResult result = Adjoint.verify(VerifyRequest.of(file));
        String printed = VerdictText.of(
                result.judgements(), result.require(), temp, false, new CaretRenderer(Adjoint.sources(), false));
        assertThat(printed.replace(file.toString(), "correlation.layer"))
                .as("renew the README's block from `adjoint verify`")
                .isEqualTo(block("text", 1));
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
    void thePropertiesAreThoseOfTheGoals() {
        Set<String> properties = new TreeSet<>();
        for (String goal : List.of("Generate", "Verify", "Derive")) {
            String source = read("src/main/java/dev/adjoint/maven/" + goal + "Mojo.java");
            properties.addAll(found("property = \"([\\w.]+)\"", source));
        }
        assertThat(found("\\| `(adjoint\\.\\w+)` \\|", readme))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(properties);
        assertThat(readme).contains("| `adjoint.budget` | `" + Prover.BUDGET + "` |");
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
    void theLayersOfTheLibraryAreCounted() throws IOException {
        long layers = 0;
        try (Stream<Path> specs = Files.list(Path.of("specs"))) {
            for (Path spec : specs.toList()) {
                layers += found("(?m)^(layer) \\w+\\[?", Files.readString(spec)).size();
            }
        }
        assertThat(readme).contains("The library in [specs/](specs) has " + layers + " layers: ");
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
        return block(language, 0);
    }

    /** The n-th block of a language, from 0. */
    private String block(String language, int n) {
        List<String> blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(blocks).as("blocks of %s in the README", language).hasSizeGreaterThan(n);
        return blocks.get(n);
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
