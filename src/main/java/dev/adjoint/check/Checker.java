package dev.adjoint.check;

import dev.adjoint.emit.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Checks emitted classes: compiles them all in one run, gives each to a JVM of its own, and compares what it computes
 * with the equations, the derived formulas and numeric gradients.
 */
public final class Checker {
    private final CheckSettings settings;

    public Checker(CheckSettings settings) {
        this.settings = settings;
    }

    /** The reports in the order of the subjects. */
    public List<ClassReport> check(List<Subject> subjects) {
        return check(subjects, report -> {});
    }

    /**
     * The reports in the order of the subjects, each told as soon as it is there.
     *
     * @param progress is told each report as soon as it is there, from any thread, one at a time
     * @throws dev.adjoint.diagnostic.AdjointException if this Java has no compiler
     */
    public List<ClassReport> check(List<Subject> subjects, Consumer<ClassReport> progress) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create("adjoint-check")) {
            return check(subjects, directory.path(), progress);
        }
    }

    /** Each file lies in the directory of its subject's number, so that equal names do not meet. */
    private List<ClassReport> check(List<Subject> subjects, Path directory, Consumer<ClassReport> progress) {
        Path emitted = directory.resolve("emitted");
        Path twins = directory.resolve("twins");
        Map<String, List<String>> faults =
                compile(subjects.stream().map(Subject::sources).toList(), emitted);
        Map<String, List<String>> twinFaults = compile(
                subjects.stream()
                        .filter(s -> !s.twin().equals(s.sources()))
                        .map(Subject::twin)
                        .toList(),
                twins);
        ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
        ClassReport[] reports = new ClassReport[subjects.size()];
        for (int k = 0; k < reports.length; k++) {
            queue.add(k);
        }
        Object lock = new Object();
        Runnable worker = () -> {
            try (OtherJvm jvm = new OtherJvm(settings.jvmFlags(), settings.timeout());
                    OtherJvm vectors = new OtherJvm(vectorFlags(), settings.timeout())) {
                for (Integer k = queue.poll(); k != null; k = queue.poll()) {
                    Subject subject = subjects.get(k);
                    boolean same = subject.twin().equals(subject.sources());
                    List<String> wrong = new ArrayList<>(faults(subject.sources(), faults));
                    wrong.addAll(same ? List.of() : faults(subject.twin(), twinFaults));
                    Path twin = same ? emitted : twins;
                    ClassReport report = wrong.isEmpty()
                            ? check(subject, emitted.toString(), twin.toString(), jvm, vectors)
                            : new ClassReport(
                                    subject.className(),
                                    List.of(),
                                    wrong.stream().distinct().toList(),
                                    List.of(),
                                    0);
                    reports[k] = report;
                    synchronized (lock) {
                        progress.accept(report);
                    }
                }
            }
        };
        run(worker, Math.min(settings.workers(), subjects.size()));
        return List.of(reports);
    }

    /** A class that has vectors is checked where there are vectors, and where it must do without. */
    private ClassReport check(Subject subject, String classes, String twins, OtherJvm plain, OtherJvm vectors) {
        ClassReport report = new ClassCheck(subject, settings, classes, twins, plain).run();
        boolean more = subject.sources().stream().anyMatch(s -> s.text().contains(Compilation.VECTOR_MODULE));
        return more && report.passed()
                ? report.and(new ClassCheck(subject, settings, classes, twins, vectors).run())
                : report;
    }

    private static void run(Runnable worker, int count) {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                running.add(pool.submit(worker));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Map<String, List<String>> compile(List<List<SourceFile>> sources, Path into) {
        try {
            Files.createDirectories(into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Compilation.compile(sources.stream().flatMap(List::stream).toList(), into);
    }

    private static List<String> faults(List<SourceFile> sources, Map<String, List<String>> faults) {
        List<String> found = new ArrayList<>();
        for (SourceFile source : sources) {
            faults.getOrDefault(source.path(), List.of()).forEach(f -> found.add("does not compile: " + f));
        }
        return found;
    }

    private List<String> vectorFlags() {
        List<String> flags = new ArrayList<>(settings.jvmFlags());
        flags.addAll(List.of("--add-modules", Compilation.VECTOR_MODULE));
        return flags;
    }
}
