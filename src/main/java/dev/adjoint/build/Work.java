package dev.adjoint.build;

import dev.adjoint.check.ClassReport;
import dev.adjoint.check.Subject;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The layers and classes of a run: each layer derived, each class derived and emitted. */
final class Work {
    /** A class, and how long it took to make. */
    private record Made(Generate generate, String spec, Subject subject, Duration time) {}

    /** A layer as it stands in a spec, and how long its derivation took. */
    private record Derived(Layer layer, String spec, Duration time) {}

    private final Progress progress;
    private final PlanFiles records;
    private final Diagnostics found = new Diagnostics();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final List<Derived> layers = new ArrayList<>();
    private final List<Made> classes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    private Work(PlanFiles records, Progress progress) {
        this.records = records;
        this.progress = progress;
        this.warnings.addAll(records.strangers());
    }

    /**
     * Derives and emits everything.
     *
     * @param records of the plans that are to be taken
     * @param folder where classes go
     * @throws AdjointException with all errors of all layers
     */
    static Work on(SpecSet specs, PlanFiles records, String folder, Progress progress) {
        Work work = new Work(records, progress);
        work.derive(specs);
        work.emit(specs, folder);
        work.found.addAll(Collisions.among(work.outputs));
        work.found.throwIfErrors();
        return work;
    }

    private void derive(SpecSet specs) {
        progress.begin(
                "derive",
                specs.files().stream().mapToInt(f -> f.file().layers().size()).sum());
        for (SpecSet.Loaded loaded : specs.files()) {
            for (Layer layer : loaded.file().layers()) {
                progress.item(layer.name());
                long start = System.nanoTime();
                attempt("deriving " + layer.name(), () -> Derive.derive(layer));
                layers.add(new Derived(layer, loaded.spec().name(), since(start)));
            }
        }
        progress.end();
    }

    private void emit(SpecSet specs, String folder) {
        progress.begin(
                "emit",
                specs.files().stream()
                        .mapToInt(f -> f.file().generates().size())
                        .sum());
        for (SpecSet.Loaded loaded : specs.files()) {
            for (Generate generate : loaded.file().generates()) {
                progress.item(generate.className());
                attempt("emitting " + generate.className(), () -> make(generate, loaded.spec(), folder));
            }
        }
        progress.end();
    }

    private Made make(Generate generate, Spec from, String folder) {
        long start = System.nanoTime();
        String spec = from.name();
        Recorded chooser = records.chooser(from, generate);
        Derivation derivation = Derive.derive(generate.layer());
        List<SourceFile> sources = Emitter.emit(generate, derivation, spec, chooser);
        warnings.addAll(chooser.warnings());
        boolean isDouble = generate.options().type() == Generate.Options.Type.DOUBLE;
        List<SourceFile> twin =
                isDouble ? sources : Emitter.emit(Subject.inDouble(generate), derivation, spec, chooser);
        Made made = new Made(generate, spec, new Subject(generate, derivation, sources, twin), since(start));
        classes.add(made);
        for (SourceFile source : sources) {
            SourceFile placed = new SourceFile(folder + source.path(), source.text());
            outputs.add(new Output(placed, spec, generate.className(), generate.place()));
        }
        return made;
    }

    /** Collects what is wrong with a spec; a bug says what was being done. */
    private <T> Optional<T> attempt(String what, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (AdjointException e) {
            found.addAll(e.diagnostics());
            return Optional.empty();
        } catch (StackOverflowError e) {
            found.add(Trouble.tooDeep(what));
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new IllegalStateException("while " + what + ": " + e, e);
        }
    }

    List<Subject> subjects() {
        return classes.stream().map(Made::subject).toList();
    }

    /** Lines of the records that had no effect. */
    List<Diagnostic> warnings() {
        return List.copyOf(warnings);
    }

    List<Output> outputs() {
        return outputs;
    }

    /**
     * One result for each layer, with its classes; layers from elsewhere, of which a class is generated here, after
     * those of the spec itself.
     *
     * @param reports of the subjects, in their order; empty if nothing was checked
     */
    List<LayerResult> results(List<ClassReport> reports) {
        Map<String, LayerResult> results = new LinkedHashMap<>();
        for (Derived derived : layers) {
            String key = derived.spec() + "\n" + derived.layer().name();
            results.put(
                    key,
                    new LayerResult(
                            derived.layer().name(),
                            derived.spec(),
                            gradients(derived.layer()),
                            List.of(),
                            derived.time()));
        }
        for (int i = 0; i < classes.size(); i++) {
            Made made = classes.get(i);
            Generate generate = made.generate();
            Optional<ClassReport> report = reports.isEmpty() ? Optional.empty() : Optional.of(reports.get(i));
            String name = made.subject().className();
            ClassResult result = new ClassResult(name, made.spec(), generate.place(), report);
            Duration time = made.time()
                    .plus(report.map(r -> Duration.ofNanos((long) (r.seconds() * 1e9)))
                            .orElse(Duration.ZERO));
            LayerResult added =
                    new LayerResult(generate.origin(), made.spec(), gradients(generate.layer()), List.of(result), time);
            results.merge(made.spec() + "\n" + generate.origin(), added, Work::both);
        }
        return List.copyOf(results.values());
    }

    private static LayerResult both(LayerResult a, LayerResult b) {
        List<ClassResult> classes = new ArrayList<>(a.classes());
        classes.addAll(b.classes());
        return new LayerResult(
                a.name(), a.spec(), a.gradients(), classes, a.time().plus(b.time()));
    }

    private static int gradients(Layer layer) {
        return (int) layer.tensors().stream().filter(Tensor::hasGradient).count();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
