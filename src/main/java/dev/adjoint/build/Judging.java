package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lift.Lifted;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import dev.adjoint.report.Judgement;
import dev.adjoint.report.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Has questions about layers answered, the layers beside one another; what comes out does not depend on that. */
final class Judging {
    /**
     * A layer and what is asked of it.
     *
     * @param bound the sizes for which alone it is asked
     */
    record Subject(Layer layer, Map<String, Long> bound, List<Question> questions) {
        Subject {
            questions = List.copyOf(questions);
        }
    }

    private final Subject subject;
    private final long budget;
    private final Progress progress;
    private final Map<Map<String, Long>, Work> provers = new HashMap<>();

    /** A layer with its sizes bound, its derivation, and who proves what is said of it. */
    private record Work(Layer layer, Derivation derivation, Prover prover) {}

    private Judging(Subject subject, long budget, Progress progress) {
        this.subject = subject;
        this.budget = budget;
        this.progress = progress;
    }

    /** The verdicts in the order of the subjects and of their questions. */
    static List<Judgement> of(List<Subject> subjects, long budget, Progress progress) {
        List<Callable<List<Judgement>>> work = new ArrayList<>();
        int questions = 0;
        for (Subject subject : subjects) {
            questions += subject.questions().size();
            if (!subject.questions().isEmpty()) {
                work.add(() -> new Judging(subject, budget, progress).judge());
            }
        }
        progress.begin("prove", questions);
        List<Judgement> all = new ArrayList<>();
        Deep.all("a formula", work).forEach(all::addAll);
        progress.end();
        return all;
    }

    private List<Judgement> judge() {
        List<Judgement> judgements = new ArrayList<>();
        for (Question question : subject.questions()) {
            synchronized (progress) {
                progress.item(subject.layer().name() + ": " + question.statement());
            }
            judgements.add(
                    question.claim().isPresent()
                            ? judge(question, question.claim().get())
                            : new Judgement(
                                    subject.layer(),
                                    question,
                                    Optional.empty(),
                                    question.obstacle().map(d -> d.message()).orElse(""),
                                    Optional.empty(),
                                    Duration.ZERO));
        }
        return judgements;
    }

    private Judgement judge(Question question, Claim stated) {
        long start = System.nanoTime();
        Map<String, Long> sizes = new LinkedHashMap<>(subject.bound());
        sizes.putAll(question.method().map(Lifted::sizes).orElse(Map.of()));
        Claim claim = Bound.of(stated, sizes);
        Work work = provers.computeIfAbsent(sizes, this::work);
        Optional<Verdict> verdict = Optional.empty();
        String reason;
        try {
            Verdict found = work.prover().judge(claim);
            verdict = Optional.of(only(found, sizes));
            boolean large = found.word() == Word.UNKNOWN && question.method().isEmpty() && !sizes.isEmpty();
            reason = found.reason() + (large ? elsewhere(stated) : "");
        } catch (StackOverflowError tooDeep) {
            reason = "the claim is nested too deeply; name parts of it with `let` or `def`";
        } catch (RuntimeException bug) {
            throw new IllegalStateException("while judging the claim at " + question.place() + ": " + bug, bug);
        }
        return new Judgement(
                work.layer(),
                question,
                verdict,
                reason,
                Derived.of(work.derivation(), claim),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Where a claim fails that cannot be decided at the sizes of a class, if it fails at smaller ones. */
    private String elsewhere(Claim stated) {
        Verdict open = provers.computeIfAbsent(Map.of(), this::work).prover().judge(stated);
        return open.failure()
                .map(failure -> "; with its sizes left open it is refuted, at "
                        + failure.sizes().entrySet().stream()
                                .map(size -> size.getKey() + " = " + size.getValue())
                                .collect(Collectors.joining(", ")))
                .orElse("");
    }

    private Work work(Map<String, Long> sizes) {
        Layer layer = Bound.of(subject.layer(), sizes);
        Derivation derivation = Derive.derive(layer);
        return new Work(layer, derivation, new Prover(layer, derivation, budget));
    }

    /** The verdict, and for which sizes alone it holds. */
    private static Verdict only(Verdict verdict, Map<String, Long> sizes) {
        return sizes.isEmpty()
                ? verdict
                : new Verdict(
                        verdict.claim(),
                        verdict.word(),
                        sizes,
                        verdict.assumptions(),
                        verdict.reason(),
                        verdict.counterexample(),
                        verdict.diagnosis());
    }
}
