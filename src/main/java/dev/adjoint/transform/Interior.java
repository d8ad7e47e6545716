package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Solve;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A loop's body away from the borders: {@code Σ_{max(0,1-2j) ≤ l < min(3,W+1-2j)}} is {@code Σ_{0 ≤ l < 3}} where {@code
 * 1 ≤ j ≤ (W-2)/2}. Each extremum in which the index stands takes one of its sides, each inner loop gets a length that
 * does not depend on the index, and what reads an entry only where it exists does so always; {@link #inside} is where
 * all of that is true.
 */
final class Interior extends StepRewriter {
    /** One way to read an integer, and what must be at least 0 for it. */
    private record Way(IntExpr value, List<IntExpr> where) {
        Way and(IntExpr other, List<IntExpr> more) {
            List<IntExpr> all = new ArrayList<>(where);
            all.addAll(more);
            return new Way(other, all);
        }
    }

    private final String index;
    private final List<Range> scope = new ArrayList<>();
    private Range inside;

    /** @param range of the index */
    Interior(Range range) {
        this.index = range.name();
        this.inside = range;
    }

    /** Where the rewritten statements do the same as the others. */
    Range inside() {
        return inside;
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Loop l) {
            return loop(l);
        }
        if (s instanceof Step.If i && i.otherwise() == null) {
            return new Step.If(hold(i.test(), reads(i.then())), step(i.then()), null);
        }
        return super.step(s);
    }

    @Override
    public Real real(Real e) {
        return e instanceof Real.Choose c
                ? new Real.Choose(
                        hold(c.test(), reads(new Step.Assign("", c.then()))), real(c.then()), real(c.otherwise()))
                : super.real(e);
    }

    private boolean depends(IntExpr e) {
        return e.variables().contains(index);
    }

    /** Whether it reads entries that the index moves. */
    private boolean reads(Step s) {
        boolean[] found = new boolean[1];
        new StepRewriter() {
            @Override
            public Real real(Real e) {
                found[0] |= e instanceof Real.Load l && depends(l.at());
                return super.real(e);
            }
        }.step(s);
        return found[0];
    }

    /** Bounds that guard reads hold away from the borders. */
    private Test hold(Test t, boolean guards) {
        if (t instanceof Test.All all) {
            return Test.all(all.parts().stream()
                    .map(part -> hold(part, guards))
                    .filter(part -> !part.equals(Test.TRUE))
                    .toList());
        }
        if (guards && t instanceof Test.Ints i && i.rel() != Rel.EQ && i.rel() != Rel.NE) {
            IntExpr difference = integer(i.left()).minus(integer(i.right()));
            OptionalLong coefficient = difference.coefficient(index);
            if (coefficient.isPresent() && coefficient.getAsLong() != 0) {
                switch (i.rel()) {
                    case GE -> require(difference);
                    case GT -> require(difference.minus(1));
                    case LE -> require(difference.negate());
                    default -> require(difference.negate().minus(1));
                }
                return Test.TRUE;
            }
        }
        return test(t);
    }

    private Step loop(Step.Loop l) {
        Way best = null;
        IntExpr from = l.lo();
        for (Way low : ways(l.lo())) {
            for (Way high : ways(l.hi())) {
                Way length = low.and(high.value().minus(low.value()), high.where());
                if (!depends(length.value()) && (best == null || rank(length, low.value()) < rank(best, from))) {
                    best = length;
                    from = low.value();
                }
            }
        }
        if (best == null) {
            throw new NoLanes("a loop of another length in each lane");
        }
        require(best);
        IntExpr lo = depends(from) ? IntExpr.ZERO : from;
        Step body = depends(from) ? Steps.where(l.body(), l.var(), from.plus(IntExpr.var(l.var()))) : l.body();
        scope.add(new Range(l.var(), lo, lo.plus(best.value())));
        Step inner = step(body);
        scope.remove(scope.size() - 1);
        return Step.loop(l.var(), lo, lo.plus(best.value()), inner);
    }

    /** A known length before one that is not, and bounds that stay before others. */
    private long rank(Way length, IntExpr lo) {
        if (length.value().isConstant()) {
            return Math.max(0, length.value().constant());
        }
        return Long.MAX_VALUE - (depends(lo) ? 0 : 1);
    }

    private void require(Way way) {
        way.where().forEach(this::require);
    }

    /** {@code e ≥ 0} for all values of the inner loops' indices. */
    private void require(IntExpr e) {
        IntExpr least = e;
        for (int k = scope.size() - 1; k >= 0; k--) {
            Range range = scope.get(k);
            OptionalLong c = least.coefficient(range.name());
            if (c.isEmpty()) {
                throw new NoLanes("bounds that depend on a product of indices: " + e);
            }
            IntExpr at = c.getAsLong() < 0 ? range.hi().minus(1) : range.lo();
            least = least.substitute(range.name(), at);
        }
        if (least.coefficient(index).orElse(0) == 0) {
            throw new NoLanes("bounds that are no bounds of the index: " + e);
        }
        inside = Solve.atLeastZero(inside, least);
    }

    /** A place takes the sides in which the index stands. */
    @Override
    public IntExpr integer(IntExpr e) {
        List<Way> ways = ways(e);
        if (ways.isEmpty()) {
            throw new NoLanes("bounds that are no bounds of the index: " + e);
        }
        Way way =
                ways.stream().max(Comparator.comparing(w -> depends(w.value()))).orElseThrow();
        require(way);
        return way.value();
    }

    private List<Way> ways(IntExpr e) {
        List<Way> all = List.of(new Way(e, List.of()));
        for (Atom atom : e.atoms()) {
            if (!(atom instanceof Atom.Extremum x) || !depends(IntExpr.of(atom))) {
                continue;
            }
            List<Way> more = new ArrayList<>();
            for (Way way : all) {
                for (Way side : sides(x)) {
                    more.add(way.and(
                            way.value().mapAtoms(a -> a.equals(atom) ? side.value() : IntExpr.of(a)), side.where()));
                }
            }
            all = more;
        }
        return all;
    }

    private List<Way> sides(Atom.Extremum x) {
        List<Way> sides = new ArrayList<>();
        for (Way left : ways(x.left())) {
            for (Way right : ways(x.right())) {
                Way both = left.and(left.value(), right.where());
                IntExpr over = left.value().minus(right.value());
                if (over.coefficient(index).orElse(0) != 0) {
                    sides.add(both.and(left.value(), List.of(x.max() ? over : over.negate())));
                    sides.add(both.and(right.value(), List.of(x.max() ? over.negate() : over)));
                }
            }
        }
        return sides;
    }
}
