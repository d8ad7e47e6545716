package dev.adjoint.maven;

import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Whether the project's compiler sees the module that classes with vectors import: it incubates, so that the compiler
 * must be told to add it, {@code --release} hides it, and a module must require it.
 */
final class VectorFlags {
    private static final String MODULE = "jdk.incubator.vector";
    private static final String IMPORT = "import " + MODULE + ".";

    private VectorFlags() {}

    /**
     * What is wrong with the compiler's configuration; empty if all is well, or if no class has vectors.
     *
     * @param release the property maven.compiler.release, of the project or of the command line; null if there is none
     */
    static Optional<Diagnostic> fault(MavenProject project, @Nullable String release, Path sources) {
        if (!importsVectors(sources)) {
            return Optional.empty();
        }
        List<String> wrong = new ArrayList<>();
        String configuration = configuration(project);
        if (!configuration.contains(MODULE)) {
            wrong.add("it is not told to add that module");
        }
        if (release != null && !release.isBlank() || configuration.matches("(?s).*<release>\\s*\\S.*")) {
            wrong.add("its --release hides modules that incubate");
        }
        if (isModuleWithout(project)) {
            wrong.add("module-info.java does not require it");
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                                "E015",
                                null,
                                "the compiler cannot see " + MODULE + ", which classes with target = vector import: "
                                        + String.join(", and ", wrong))
                        .help("remove <release> and the property maven.compiler.release, write `requires static "
                                + MODULE
                                + ";` into module-info.java if there is one, and configure maven-compiler-plugin so:"
                                + " <configuration><source>17</source><target>17</target><compilerArgs>"
                                + "<arg>--add-modules</arg><arg>" + MODULE + "</arg></compilerArgs></configuration>"));
    }

    private static boolean importsVectors(Path sources) {
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(f -> f.toString().endsWith("Vector.java")).anyMatch(f -> contains(f, IMPORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the compiler plugin is configured with, in itself and for its executions. */
    private static String configuration(MavenProject project) {
        Plugin plugin = project.getPlugin("org.apache.maven.plugins:maven-compiler-plugin");
        if (plugin == null) {
            return "";
        }
        StringBuilder all = new StringBuilder(String.valueOf(plugin.getConfiguration()));
        for (PluginExecution execution : plugin.getExecutions()) {
            all.append(execution.getConfiguration());
        }
        return all.toString();
    }

    private static boolean isModuleWithout(MavenProject project) {
        return project.getCompileSourceRoots().stream()
                .map(root -> Path.of(root, "module-info.java"))
                .anyMatch(file -> Files.isRegularFile(file) && !contains(file, MODULE));
    }
}
