package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A choice that data decides is a branch that processors predict wrongly half of the time; where both sides exist and
 * cost little, both are computed: {@code x > 0 ? d : 0} of a million random numbers takes a tenth of the time so.
 */
public final class Branchless extends StepRewriter {
    private final Set<String> sums = new HashSet<>();
    private SafePlaces safe = SafePlaces.NONE;

    @Override
    public Step step(Step s) {
        SafePlaces around = safe;
        safe = safe.with(s);
        if (s instanceof Step.Declare d && d.mutable() && d.value().equals(Real.ZERO)) {
            sums.add(d.name());
        } else if (s instanceof Step.Declare d) {
            sums.remove(d.name());
        }
        Step rewritten = s instanceof Step.Block b
                ? new Step.Block(b.steps().stream().flatMap(this::spliced).toList())
                : s instanceof Step.If i && i.otherwise() == null && isOfData(i.test()) ? branch(i) : super.step(s);
        safe = around;
        return rewritten;
    }

    /** What a branch becomes stands where it stood, and is no block of its own. */
    private Stream<Step> spliced(Step s) {
        Step rewritten = step(s);
        return s instanceof Step.If ? Steps.list(rewritten).stream() : Stream.of(rewritten);
    }

    /**
     * {@code if (c) { p = e; b = x; }  →  p = c ? e : p; b = c ? x : b}, where no value depends on what is assigned before
     * it, and the condition neither. To a sum that began at 0, which is never −0, what is not added adds 0.
     */
    private Step branch(Step.If branch) {
        List<Step> chosen = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        for (Step s : Steps.list(branch.then())) {
            if (!(s instanceof Step.Assign a) || a.value().isLanes() || !isCheap(a.value())) {
                return super.step(branch);
            }
            Set<String> needed = Steps.locals(new Real.Choose(branch.test(), a.value(), a.value()));
            if (needed.stream().anyMatch(changed::contains)) {
                return super.step(branch);
            }
            changed.add(a.name());
            Real before = new Real.Local(a.name());
            boolean adds = sums.contains(a.name())
                    && a.value() instanceof Real.Binary b
                    && b.op() == Real.Op.ADD
                    && b.left().equals(before);
            chosen.add(new Step.Assign(
                    a.name(),
                    adds
                            ? new Real.Binary(
                                    Real.Op.ADD,
                                    before,
                                    new Real.Either(branch.test(), ((Real.Binary) a.value()).right(), Real.ZERO))
                            : new Real.Either(branch.test(), a.value(), before)));
        }
        return new Step.Block(chosen);
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Choose c && !e.isLanes() && isOfData(c.test())) {
            Real then = real(c.then());
            Real otherwise = real(c.otherwise());
            return isCheap(then) && isCheap(otherwise)
                    ? new Real.Either(c.test(), then, otherwise)
                    : new Real.Choose(c.test(), then, otherwise);
        }
        return super.real(e);
    }

    /** Where data may well decide either way: which is larger, or whether a place is the one that is told. */
    private static boolean isOfData(Test test) {
        return test instanceof Test.Reals r
                && (r.rel() != Rel.EQ && r.rel() != Rel.NE || r.right() instanceof Real.OfInt);
    }

    /** Whether it may be computed in any case, and in a few cycles. */
    private boolean isCheap(Real e) {
        if (e instanceof Real.Binary b) {
            return b.op() != Real.Op.DIV && isCheap(b.left()) && isCheap(b.right());
        }
        if (e instanceof Real.Load l) {
            return safe.holds(l.buffer(), l.at());
        }
        return e instanceof Real.Literal
                || e instanceof Real.OfInt i && i.value().atoms().stream().allMatch(a -> a instanceof Atom.Var)
                || e instanceof Real.Special
                || e instanceof Real.Local
                || e instanceof Real.Negate n && isCheap(n.arg())
                || e instanceof Real.Either;
    }
}
