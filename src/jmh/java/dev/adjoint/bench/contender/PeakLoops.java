package dev.adjoint.bench.contender;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compiles and loads {@code VectorPeak}, whose source is a resource: the build, which compiles for a release, cannot
 * compile what imports a module that incubates.
 */
public final class PeakLoops {
    /** What the JVM that runs it is told. */
    public static final List<String> JVM_ARGUMENTS = Contenders.VECTOR_MODULE;

    private static final String NAME = "dev.adjoint.bench.vector.VectorPeak";

    private PeakLoops() {}

    /** Compiles it below a directory, where {@link #load} finds it. */
    public static void compile(Path directory) throws IOException {
        String file = NAME.replace('.', '/') + ".java";
        Path source = directory.resolve("peak/java").resolve(file);
        Files.createDirectories(source.getParent());
        try (InputStream text = PeakLoops.class.getResourceAsStream("/" + file)) {
            Files.write(source, text.readAllBytes());
        }
        Javac.compile(List.of(source), directory.resolve("peak/classes"), JVM_ARGUMENTS)
                .ifPresent(messages -> {
                    throw new IllegalStateException(messages);
                });
    }

    /** An instance, in a JVM that knows the Vector API. */
    public static PeakLoop load() {
        try {
            Path classes = Path.of(System.getProperty(GeneratedContender.DIRECTORY), "peak/classes");
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, PeakLoops.class.getClassLoader());
            return (PeakLoop) loader.loadClass(NAME).getConstructor().newInstance();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
