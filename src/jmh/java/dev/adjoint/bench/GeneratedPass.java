package dev.adjoint.bench;

import dev.adjoint.Adjoint;
import dev.adjoint.build.BuildRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Generates a class for a shape, compiles it, and loads it behind an interface, so that no reflection is timed. */
final class GeneratedPass {
    private GeneratedPass() {}

    static Pass of(Shape shape, String pass, String plan) {
        try {
            Path directory = Files.createTempDirectory("adjoint-bench");
            String name = shape + "_" + plan;
            Path spec = Files.writeString(
                    directory.resolve("bench.layer"), shape.spec(name, plan.equals("nest") ? "unroll = none" : ""));
            Adjoint.run(BuildRequest.of(spec).into(directory.resolve("source")));
            Path adapter = directory.resolve("source/dev/adjoint/bench/generated/Adapter.java");
            Files.writeString(adapter, adapter(name, pass));
            Path classes = Files.createDirectory(directory.resolve("classes"));
            compile(directory.resolve("source"), classes);
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedPass.class.getClassLoader());
            return (Pass) loader.loadClass("dev.adjoint.bench.generated.Adapter")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String adapter(String name, String pass) {
        String call = pass.equals("forward") ? "forward(o, w, b, x)" : pass + "(delta, o, w, b, " + pass + ")";
        return """
                package dev.adjoint.bench.generated;
                public final class Adapter implements dev.adjoint.bench.Pass {
                    private final %s layer = new %s();
                    public void run(float[] o, float[] w, float[] b, float[] delta, float[] x, float[] gradO,
                            float[] gradW) {
                        layer.%s;
                    }
                }
                """.formatted(name, name, call);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(f -> f.toString().endsWith(".java")).toList();
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "--release",
                    "17",
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }
}
