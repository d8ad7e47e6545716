package dev.adjoint.bench.contender;

import dev.adjoint.Adjoint;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Writes a spec for each workload, generates its class, and compiles it, with an adapter for each pass. */
public final class Generation {
    private final Path directory;

    /** Below a directory, where {@link GeneratedContender} finds the classes. */
    public Generation(Path directory) {
        this.directory = directory;
    }

    /**
     * Generates and compiles.
     *
     * @return what the generator refuses: the name of the workload → why
     */
    public Map<String, String> run(GeneratedContender contender, List<Workload> workloads) throws IOException {
        Path sources = contender.sources(directory);
        delete(directory.resolve(contender.name()));
        Map<String, String> refused = new LinkedHashMap<>();
        String packageName = GeneratedContender.PACKAGE + "." + contender.name();
        for (Workload workload : workloads) {
            String text = LayerText.spec(
                    packageName, GeneratedContender.layer(workload), workload.problem(), contender.options());
            Path spec = sources.resolveSibling("specs/" + workload.name() + ".layer");
            Files.createDirectories(spec.getParent());
            Files.writeString(spec, text);
            try {
                Adjoint.run(BuildRequest.of(spec).into(sources));
                adapters(workload, packageName, sources);
            } catch (AdjointException e) {
                refused.put(workload.name(), refusal(e));
            }
        }
        if (refused.size() < workloads.size()) {
            compile(contender, sources);
        }
        return refused;
    }

    private static String refusal(AdjointException e) {
        Diagnostic first = e.diagnostics().get(0);
        return first.code() + ": " + first.message();
    }

    private static void adapters(Workload workload, String packageName, Path sources) throws IOException {
        String layer = GeneratedContender.layer(workload);
        for (Pass pass : workload.problem().passes()) {
            String name = GeneratedContender.adapter(workload, pass);
            Path file = sources.resolve(packageName.replace('.', '/')).resolve(name + ".java");
            Files.writeString(file, """
                    package %s;
                    public final class %s implements dev.adjoint.bench.contender.Timed {
                        private final %s layer = new %s();
                        private final dev.adjoint.bench.workload.Operands at;
                        public %s(dev.adjoint.bench.workload.Operands operands) {
                            at = operands;
                        }
                        @Override public void run() {
                            layer.%s;
                        }
                    }
                    """.formatted(
                            packageName, name, layer, layer, name, LayerText.call(workload.problem(), pass)));
        }
    }

    private void compile(GeneratedContender contender, Path sources) throws IOException {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-encoding", "UTF-8"));
        options.addAll(
                contender.jvmArguments().isEmpty() ? List.of("--release", "17") : List.of("-source", "17", "-target", "17"));
        options.addAll(contender.jvmArguments());
        compile(options, sources, contender.classes(directory));
    }

    /**
     * Compiles all sources below a directory. A compiler that is told the {@code --release} knows no module that
     * incubates, so that what imports one must say {@code -source} and {@code -target}.
     */
    public static void compile(List<String> options, Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this Java has no compiler: run on a JDK");
        }
        Files.createDirectories(classes);
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path")));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages, manager, null, words, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            List<Path> paths;
            try (Stream<Path> all = Files.walk(tree)) {
                paths = all.sorted(java.util.Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
