package dev.adjoint.check;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.emit.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Emitted sources compiled, all of them in one run of the compiler; a warning counts as an error. */
final class Compilation {
    static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String INCUBATOR_NOTE = "compiler.warn.incubating.modules";

    private Compilation() {}

    /**
     * Compiles into a directory, without the files that have errors.
     *
     * @return what the compiler says of each faulty file, by its path; empty if all went well
     * @throws AdjointException if this Java has no compiler
     */
    static Map<String, List<String>> compile(List<SourceFile> sources, Path into) {
        JavaCompiler compiler = compiler(ToolProvider.getSystemJavaCompiler());
        Map<String, SourceFile> rest = new LinkedHashMap<>();
        sources.forEach(source -> rest.put(source.path(), source));
        Map<String, List<String>> faults = new TreeMap<>();
        while (!rest.isEmpty()) {
            Map<String, List<String>> found = run(compiler, List.copyOf(rest.values()), into);
            found.forEach((path, messages) ->
                    faults.computeIfAbsent(path, p -> new ArrayList<>()).addAll(messages));
            if (!rest.keySet().removeAll(found.keySet())) {
                break;
            }
        }
        return faults;
    }

    static JavaCompiler compiler(@Nullable JavaCompiler found) {
        if (found == null) {
            throw new AdjointException(dev.adjoint.diagnostic.Diagnostic.error(
                            "C001", null, "this Java has no compiler: " + System.getProperty("java.home"))
                    .help("checks compile what was emitted: run them on a JDK, not on a JRE"));
        }
        return found;
    }

    private static Map<String, List<String>> run(JavaCompiler compiler, List<SourceFile> sources, Path into) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                new ArrayList<>(List.of("-Xlint:all", "-parameters", "-proc:none", "-encoding", "UTF-8"));
        boolean vector = sources.stream().anyMatch(s -> s.text().contains(VECTOR_MODULE));
        // --release hides the modules that incubate.
        options.addAll(
                vector
                        ? List.of("-source", "17", "-target", "17", "--add-modules", VECTOR_MODULE)
                        : List.of("--release", "17"));
        List<Source> units = sources.stream().map(Source::new).toList();
        boolean done;
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(into.toFile()));
            files.setLocation(StandardLocation.CLASS_PATH, List.of(into.toFile()));
            done = compiler.getTask(null, files, diagnostics, options, null, units)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> faults = faults(diagnostics.getDiagnostics());
        if (!done && faults.isEmpty()) {
            throw new IllegalStateException("the compiler failed without a word");
        }
        return faults;
    }

    private static Map<String, List<String>> faults(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        Map<String, List<String>> faults = new TreeMap<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            boolean note = diagnostic.getKind() == Diagnostic.Kind.NOTE
                    || INCUBATOR_NOTE.equals(diagnostic.getCode())
                    || "compiler.warn.source.no.system.modules.path".equals(diagnostic.getCode());
            if (!note) {
                String path = diagnostic.getSource() instanceof Source source ? source.path : "";
                faults.computeIfAbsent(path, p -> new ArrayList<>())
                        .add(path + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT));
            }
        }
        return faults;
    }

    /** A source that was never written to a disk. */
    private static final class Source extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Source(SourceFile file) {
            super(URI.create("emitted:///" + file.path()), Kind.SOURCE);
            this.path = file.path();
            this.text = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
