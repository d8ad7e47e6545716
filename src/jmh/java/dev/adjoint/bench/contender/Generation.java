package dev.adjoint.bench.contender;

import dev.adjoint.Adjoint;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a spec for each workload, generates its class, and compiles it, with an adapter for each pass. */
public final class Generation {
    private final Path directory;

    /** Below a directory, where {@link GeneratedContender} finds the classes. */
    public Generation(Path directory) {
        this.directory = directory;
    }

    /**
     * What became of a workload that there is no class of.
     *
     * @param refused whether the generator refused it, as it may; otherwise something is broken
     */
    public record Missing(boolean refused, String reason) {}

    /**
     * Generates and compiles.
     *
     * @return what is missing, by the name of the workload
     */
    public Map<String, Missing> run(GeneratedContender contender, List<Workload> workloads) throws IOException {
        delete(directory.resolve(contender.name()));
        Map<String, Missing> missing = new LinkedHashMap<>();
        List<Workload> written = new ArrayList<>();
        for (Workload workload : workloads) {
            try {
                write(contender, workload);
                written.add(workload);
            } catch (AdjointException e) {
                Diagnostic first = e.diagnostics().get(0);
                missing.put(workload.name(), new Missing(true, first.code() + ": " + first.message()));
            } catch (RuntimeException e) {
                missing.put(workload.name(), new Missing(false, "the generator broke down: " + e));
            }
        }
        compile(contender, written).forEach((name, errors) -> missing.put(name, new Missing(false, errors)));
        return missing;
    }

    private void write(GeneratedContender contender, Workload workload) throws IOException {
        String packageName = GeneratedContender.PACKAGE + "." + contender.name();
        String layer = GeneratedContender.layer(workload);
        Path spec = directory.resolve(contender.name()).resolve("specs").resolve(workload.name() + ".layer");
        Files.createDirectories(spec.getParent());
        Files.writeString(spec, LayerText.spec(packageName, layer, workload.problem(), contender.options()));
        Path sources = contender.sources(directory);
        Adjoint.run(BuildRequest.of(spec).into(sources));
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

    /** All at once or, if that fails, each for itself: the name of the workload → what the compiler says of it. */
    private Map<String, String> compile(GeneratedContender contender, List<Workload> workloads) throws IOException {
        Path sources = contender.sources(directory);
        Path classes = contender.classes(directory);
        Map<String, String> errors = new LinkedHashMap<>();
        List<Path> all = workloads.isEmpty() ? List.of() : files(sources, "");
        if (Javac.compile(all, classes, contender.jvmArguments()).isPresent()) {
            for (Workload workload : workloads) {
                Javac.compile(files(sources, GeneratedContender.layer(workload)), classes, contender.jvmArguments())
                        .ifPresent(messages -> errors.put(
                                workload.name(),
                                "it does not compile: " + messages.replace(sources + File.separator, "")));
            }
        }
        return errors;
    }

    /** The sources of a layer and its adapters; of all layers if the name is empty. */
    private static List<Path> files(Path sources, String layer) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(f -> f.getFileName()
                            .toString()
                            .matches(layer.isEmpty() ? ".*\\.java" : layer + "(_\\w+)?\\.java"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            List<Path> paths;
            try (Stream<Path> all = Files.walk(tree)) {
                paths = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
