package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The functions that vectors compute, in single precision, against StrictMath in double precision: over all of the
 * numbers, from NaN by the infinities and the subnormal numbers to both zeros, each {@link #STEP}-th bit pattern.
 */
class LaneFunctionsTest {
    private static final int STEP = Integer.getInteger("adjoint.lane.step", 32771);

    /** What the templates say of each, in units in the last place. */
    private static final TreeMap<String, Double> PROMISED = new TreeMap<>(
            java.util.Map.of("exp", 1.01, "log", 1.0, "log1p", 1.0, "tanh", 2.5, "sigmoid", 2.5, "erf", 3.0));

    @TempDir
    private Path temp;

    @Test
    void functionsOfLanesAreAsExactAsTheySay() throws IOException, InterruptedException {
        List<File> files = new ArrayList<>();
        for (String function : PROMISED.keySet()) {
            String spec = "package lanes; layer F[N] { input x[N] output y[i < N] = " + function
                    + "(x[i]) } generate Of" + function + " = F { target = vector }";
            Generate generate = Specs.parse("lanes.layer", spec, Importers.library())
                    .generates()
                    .get(0);
            for (SourceFile source : Emitter.emit(generate, Derive.derive(generate.layer()), "lanes.layer")) {
                files.add(write(source.path(), source.text()));
            }
        }
        files.add(write("Measure.java", Files.readString(Path.of("src/test/resources/lanes/Measure.java"))));
        compile(files);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                temp.toString(),
                "Measure",
                Integer.toString(STEP)));
        command.addAll(PROMISED.keySet());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        System.out.println(lines);
        assertThat(lines).hasSize(PROMISED.size()).allSatisfy(line -> {
            String[] words = line.split(" ", -1);
            assertThat(Double.parseDouble(words[1])).as(line).isLessThanOrEqualTo(PROMISED.get(words[0]));
        });
    }

    private File write(String path, String text) throws IOException {
        Path file = temp.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toFile();
    }

    private void compile(List<File> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", temp.toString(), "--add-modules", "jdk.incubator.vector");
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromFiles(files))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
    }
}
