package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes that Adjoint generates. {@link Generation} writes and compiles them before anything is timed, so that the JVM
 * that runs them has seen neither the generator nor a compiler.
 *
 * @param options of every {@code generate}
 */
public record GeneratedContender(String name, String about, String options, List<String> jvmArguments)
        implements Contender {
    /** The system property that says below which directory {@link Generation} wrote. */
    public static final String DIRECTORY = "adjoint.bench.generated";

    /** Where all of them are. */
    public static final String PACKAGE = "dev.adjoint.bench.generated";

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        try {
            URL classes =
                    classes(Path.of(System.getProperty(DIRECTORY))).toUri().toURL();
            // Stays open as long as the JVM: classes are loaded as they are needed.
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {classes}, getClass().getClassLoader());
            return (Timed) loader.loadClass(PACKAGE + "." + name + "." + adapter(workload, pass))
                    .getConstructor(Operands.class)
                    .newInstance(operands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Path sources(Path directory) {
        return directory.resolve(name).resolve("java");
    }

    Path classes(Path directory) {
        return directory.resolve(name).resolve("classes");
    }

    /** The name of the class that a workload's spec generates. */
    static String layer(Workload workload) {
        return "Layer_" + workload.name();
    }

    /** The name of the class that hands the operands to a pass of it, so that no reflection is timed. */
    static String adapter(Workload workload, Pass pass) {
        return layer(workload) + "_" + pass.word();
    }
}
