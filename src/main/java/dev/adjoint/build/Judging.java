package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import dev.adjoint.report.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Has the statements of layers judged, the layers beside one another; what comes out does not depend on that. */
final class Judging {
    /** A layer, and the sizes that are bound in it, for which alone its verdicts hold. */
    record Subject(Layer layer, Map<String, Long> bound) {}

    private final long budget;
    private final Progress progress;

    private Judging(long budget, Progress progress) {
        this.budget = budget;
        this.progress = progress;
    }

    /** The verdicts in the order of the layers and of their text. */
    static List<Judgement> of(List<Subject> subjects, long budget, Progress progress) {
        Judging judging = new Judging(budget, progress);
        int statements = 0;
        List<Callable<List<Judgement>>> work = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Question> questions = Question.of(subject.layer());
            statements += questions.size();
            work.add(() -> judging.judge(subject, questions));
        }
        progress.begin("prove", statements);
        List<Judgement> all = new ArrayList<>();
        Deep.all("a formula", work).forEach(all::addAll);
        progress.end();
        return all;
    }

    private List<Judgement> judge(Subject subject, List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        Layer layer = subject.layer();
        Derivation derivation = Derive.derive(layer);
        Prover prover = new Prover(layer, derivation, budget);
        List<Judgement> judgements = new ArrayList<>();
        for (Question question : questions) {
            synchronized (progress) {
                progress.item(layer.name() + ": " + question.statement());
            }
            judgements.add(
                    question.claim().isPresent()
                            ? judge(
                                    subject,
                                    derivation,
                                    prover,
                                    question,
                                    question.claim().get())
                            : Judgement.unread(layer, question.statement(), question.place(), question.obstacle()));
        }
        return judgements;
    }

    private static Judgement judge(
            Subject subject, Derivation derivation, Prover prover, Question question, Claim claim) {
        long start = System.nanoTime();
        Optional<Verdict> verdict = Optional.empty();
        String reason;
        try {
            Verdict found = prover.judge(claim);
            verdict = Optional.of(bound(found, subject.bound()));
            reason = found.reason();
        } catch (StackOverflowError tooDeep) {
            reason = "the claim is nested too deeply; name parts of it with `let` or `def`";
        } catch (RuntimeException bug) {
            throw new IllegalStateException("while judging the claim at " + question.place() + ": " + bug, bug);
        }
        return new Judgement(
                subject.layer(),
                question.statement(),
                question.label(),
                question.place(),
                verdict,
                reason,
                Derived.of(derivation, claim),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** A verdict on a layer whose sizes are bound says so. */
    private static Verdict bound(Verdict verdict, Map<String, Long> sizes) {
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
