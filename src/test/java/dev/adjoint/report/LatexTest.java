package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in LaTeX compile by themselves, where there is an engine. */
class LatexTest {
    private static final Set<String> LAYERS = Set.of(
            "Conv2d",
            "L2Pool2d",
            "SoftmaxCrossEntropy",
            "Correlation",
            "CorrelationAndConvolution",
            "AdaptiveAvgPool2d",
            "ConvTranspose2d",
            "GroupedConv2d",
            "GruCell",
            "Huber");

    @TempDir
    private Path temp;

    private static Optional<Path> engine = Optional.empty();

    @BeforeAll
    static void find() {
        engine = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "pdflatex"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(engine.isPresent(), "no pdflatex on the PATH: the pages were not compiled");
    }

    @Test
    void pagesCompile() throws Exception {
        List<LayerReport> reports = new ArrayList<>();
        SomePages.library().stream()
                .filter(r -> LAYERS.contains(r.layer().name()))
                .forEach(reports::add);
        reports.add(SomePages.line());
        reports.add(SomePages.hostile());
        assertThat(reports).hasSize(12);
        for (LayerReport report : reports) {
            String name = report.layer().name();
            String log = compile(name, Pages.page(report, Pages.Format.LATEX));
            // What somebody else wrote cannot always be broken.
            if (!name.equals("Hostile")) {
                assertThat(log.lines().filter(line -> line.startsWith("Overfull \\hbox")))
                        .as("lines of the page of %s that are wider than the paper leaves room for", name)
                        .isEmpty();
            }
        }
    }

    private String compile(String name, String text) throws IOException, InterruptedException {
        Files.writeString(temp.resolve(name + ".tex"), text);
        Path said = temp.resolve(name + ".said");
        Process process = new ProcessBuilder(
                        engine.orElseThrow().toString(),
                        "-interaction=nonstopmode",
                        "-halt-on-error",
                        "-no-shell-escape",
                        name)
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", name).isTrue();
        String log = new String(Files.readAllBytes(said), StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as("%s:%n%s", name, tail(log)).isZero();
        assertThat(temp.resolve(name + ".pdf")).isNotEmptyFile();
        // What is higher than a page is cut off, as would be a figure of many panels in one piece.
        assertThat(log).as(name).doesNotContain("Undefined control sequence", "Missing character", "Overfull \\vbox");
        return log;
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    }
}
