package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lift.Lifted;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
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

/** Has questions about layers answered, the layers beside one another; what comes out does not depend on that. */
final class Judging {
    /**
     * A layer and what is asked of it.
     *
     * @param bound the sizes that are bound in it, for which alone its verdicts hold
     */
    record Subject(Layer layer, Map<String, Long> bound, List<Question> questions) {
        Subject {
            questions = List.copyOf(questions);
        }
    }

    private final Subject subject;
    private final Layer layer;
    private final long budget;
    private final Progress progress;
    private final Derivation derivation;
    private final Map<Map<String, Long>, Prover> provers = new HashMap<>();

    private Judging(Subject subject, long budget, Progress progress) {
        this.subject = subject;
        this.layer = subject.layer();
        this.budget = budget;
        this.progress = progress;
        this.derivation = Derive.derive(layer);
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
                progress.item(layer.name() + ": " + question.statement());
            }
            judgements.add(
                    question.claim().isPresent()
                            ? judge(question, question.claim().get())
                            : new Judgement(
                                    layer,
                                    question,
                                    Optional.empty(),
                                    question.obstacle().map(d -> d.message()).orElse(""),
                                    Optional.empty(),
                                    Duration.ZERO));
        }
        return judgements;
    }

    private Judgement judge(Question question, Claim claim) {
        long start = System.nanoTime();
        Map<String, Long> sizes = question.method().map(Lifted::sizes).orElse(Map.of());
        Optional<Verdict> verdict = Optional.empty();
        String reason;
        try {
            Verdict found = prover(sizes).judge(claim);
            verdict = Optional.of(only(found, sizes));
            reason = found.reason();
        } catch (StackOverflowError tooDeep) {
            reason = "the claim is nested too deeply; name parts of it with `let` or `def`";
        } catch (RuntimeException bug) {
            throw new IllegalStateException("while judging the claim at " + question.place() + ": " + bug, bug);
        }
        return new Judgement(
                layer,
                question,
                verdict,
                reason,
                Derived.of(derivation, claim),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Judges under the assumption that sizes have these values. */
    private Prover prover(Map<String, Long> sizes) {
        return provers.computeIfAbsent(sizes, s -> new Prover(assuming(s), derivation, budget));
    }

    private Layer assuming(Map<String, Long> sizes) {
        List<Cond> assumptions = new ArrayList<>(layer.assumptions());
        sizes.forEach((name, value) -> assumptions.add(new Cond.Ints(Rel.EQ, IntExpr.var(name), IntExpr.of(value))));
        return new Layer(
                layer.packageName(),
                layer.name(),
                layer.doc(),
                layer.sizes(),
                layer.tensors(),
                layer.functions(),
                layer.equations(),
                assumptions,
                layer.valueAssumptions(),
                layer.claims(),
                layer.verifications(),
                layer.openReads(),
                layer.place());
    }

    /** The verdict, and for which sizes alone it holds: those that are bound, and those that a method is for. */
    private Verdict only(Verdict verdict, Map<String, Long> sizes) {
        Map<String, Long> all = new LinkedHashMap<>(subject.bound());
        all.putAll(sizes);
        if (all.isEmpty()) {
            return verdict;
        }
        List<String> assumptions = new ArrayList<>(verdict.assumptions());
        sizes.forEach((name, value) -> assumptions.remove(name + " == " + value));
        return new Verdict(
                verdict.claim(),
                verdict.word(),
                all,
                assumptions,
                verdict.reason(),
                verdict.counterexample(),
                verdict.diagnosis());
    }
}
