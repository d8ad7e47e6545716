package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The search for a winner with one comparison for each candidate: {@code c > b || c ≠ c && b = b  →  c > b} says the same
 * wherever no candidate is NaN, and of a NaN their sum is one, too. So the candidates are added up beside the search, and
 * only where their sum is NaN they are searched again as they were. The position becomes a value, of which a processor
 * chooses one as it chooses the best.
 */
public final class Searches extends StepRewriter {
    private final UnaryOperator<String> fresh;
    private Known known;

    /**
     * @param known what is certain around the statements
     * @param fresh makes the name of a new local of a word
     */
    public Searches(Known known, UnaryOperator<String> fresh) {
        this.known = known;
        this.fresh = fresh;
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Loop l) {
            Known outside = known;
            known = known.within(List.of(new Range(l.var(), l.lo(), l.hi())));
            Step inside = super.step(s);
            known = outside;
            return inside;
        }
        if (s instanceof Step.Block b) {
            for (int n = 0; n + 2 < b.steps().size(); n++) {
                Optional<Search> search =
                        Search.of(b.steps().subList(n, b.steps().size()));
                if (search.isPresent() && search.get().isExact(known)) {
                    List<Step> steps = new ArrayList<>(b.steps().subList(0, n));
                    steps.addAll(search.get().steps(fresh));
                    return new Step.Block(steps);
                }
            }
        }
        return super.step(s);
    }

    /**
     * A search, and what follows it.
     *
     * @param position the integer that tells the winner's place; what follows takes it as a value
     * @param best the largest value so far, or the smallest
     * @param start the infinity that never wins
     * @param loop over the candidates
     * @param better where a candidate wins
     */
    private record Search(String position, String best, Real start, Step.Loop loop, Step.If better, List<Step> after) {
        static Optional<Search> of(List<Step> steps) {
            if (!(steps.get(0) instanceof Step.DeclareInt position
                            && position.value().isZero())
                    || !(steps.get(1) instanceof Step.Declare best && best.value() instanceof Real.Special)
                    || !(steps.get(2) instanceof Step.Loop loop)) {
                return Optional.empty();
            }
            List<Step.If> branches = new ArrayList<>();
            Step rest = new StepRewriter() {
                @Override
                public Step step(Step s) {
                    if (s instanceof Step.If i && wins(i, position.name(), best.name())) {
                        branches.add(i);
                        return new Step.Block(List.of());
                    }
                    return super.step(s);
                }
            }.step(loop);
            List<Step> after = steps.subList(3, steps.size());
            return branches.size() == 1
                            && !mentions(rest, position.name())
                            && !mentions(rest, best.name())
                            && !mentions(asValue(new Step.Block(after), position.name()), position.name())
                    ? Optional.of(new Search(position.name(), best.name(), best.value(), loop, branches.get(0), after))
                    : Optional.empty();
        }

        private static boolean wins(Step.If i, String position, String best) {
            return i.otherwise() == null
                    && i.test() instanceof Test.Any any
                    && LaneForms.better(any).isPresent()
                    && any.parts().get(0) instanceof Test.Reals r
                    && r.left() instanceof Real.Local candidate
                    && r.right().equals(new Real.Local(best))
                    && i.then() instanceof Step.Block both
                    && both.steps().size() == 2
                    && both.steps().get(0).equals(new Step.Assign(best, candidate))
                    && both.steps().get(1) instanceof Step.AssignInt at
                    && at.name().equals(position);
        }

        private static Step asValue(Step s, String position) {
            return new StepRewriter() {
                @Override
                public Real real(Real e) {
                    return e.equals(new Real.OfInt(IntExpr.var(position))) ? Real.ZERO : super.real(e);
                }
            }.step(s);
        }

        private static boolean mentions(Step s, String name) {
            boolean[] found = {Steps.assigned(s).contains(name)};
            new StepRewriter() {
                @Override
                public Real real(Real e) {
                    found[0] |= e instanceof Real.Local l && l.name().equals(name);
                    return super.real(e);
                }

                @Override
                public IntExpr integer(IntExpr e) {
                    found[0] |= e.variables().contains(name);
                    return e;
                }
            }.step(s);
            return found[0];
        }

        private IntExpr place() {
            return ((Step.AssignInt) Steps.list(better.then()).get(1)).value();
        }

        /** Whether all positions are exact values of single precision. */
        boolean isExact(Known known) {
            Known inside = known;
            for (Step s = loop; s instanceof Step.Loop l; ) {
                inside = inside.within(List.of(new Range(l.var(), l.lo(), l.hi())));
                List<Step> body = Steps.list(l.body());
                s = body.get(body.size() - 1);
            }
            return inside.isInside(place(), IntExpr.of(1 << 24));
        }

        List<Step> steps(UnaryOperator<String> fresh) {
            Test.Reals larger = (Test.Reals) ((Test.Any) better.test()).parts().get(0);
            Real candidate = larger.left();
            String sum = fresh.apply("sum");
            Real added = new Real.Binary(Real.Op.ADD, new Real.Local(sum), candidate);
            List<Step> win =
                    List.of(new Step.Assign(position, new Real.OfInt(place())), new Step.Assign(best, candidate));
            List<Step> steps = new ArrayList<>();
            steps.add(new Step.Declare(position, Real.ZERO, true));
            steps.add(new Step.Declare(best, start, true));
            steps.add(new Step.Declare(sum, Real.ZERO, true));
            steps.add(with(new Step.Block(
                    List.of(new Step.Assign(sum, added), new Step.If(larger, new Step.Block(win), null)))));
            Step again = with(new Step.If(better.test(), new Step.Block(win), null));
            steps.add(new Step.If(
                    new Test.AnyLane(new Test.Reals(Rel.NE, new Real.Local(sum), new Real.Local(sum))),
                    new Step.Block(List.of(
                            new Step.Remark("One of them may be not a number, and then the first such wins."),
                            new Step.Assign(position, Real.ZERO),
                            new Step.Assign(best, start),
                            Unroll.copy(again, loop.var(), IntExpr.var(loop.var()), fresh))),
                    null));
            after.forEach(s -> steps.add(
                    new StepRewriter() {
                        @Override
                        public Real real(Real e) {
                            return e.equals(new Real.OfInt(IntExpr.var(position)))
                                    ? new Real.Local(position)
                                    : super.real(e);
                        }
                    }.step(s)));
            return steps;
        }

        /** The loop with other statements where a candidate may win. */
        private Step with(Step other) {
            return new StepRewriter() {
                @Override
                public Step step(Step s) {
                    if (s instanceof Step.Block b && b.steps().contains(better)) {
                        List<Step> steps = new ArrayList<>();
                        b.steps()
                                .forEach(each -> steps.addAll(each.equals(better) ? Steps.list(other) : List.of(each)));
                        return new Step.Block(steps);
                    }
                    return super.step(s);
                }
            }.step(loop);
        }
    }
}
