package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Test;
import java.util.List;
import java.util.Optional;

/** Other forms of values and conditions, which vectors compute better or at all. */
final class LaneForms {
    private LaneForms() {}

    /** The same scalar in each lane, if it is no value of lanes. */
    static Real spread(Real e) {
        return e.isLanes() ? e : new Real.Spread(e);
    }

    /** A load in which an index moves the place by a small stride; a scalar if it does not move it. */
    static Real load(Real.Load l, String index) {
        IntExpr stride = new Place(l.buffer(), l.at())
                .stride(index)
                .orElseThrow(() -> new NoLanes("places without a stride: " + l));
        if (stride.isZero()) {
            return l;
        }
        if (!stride.isConstant() || stride.constant() < 1 || stride.constant() > LaneLoops.MOST_STRIDE) {
            throw new NoLanes("a stride of " + stride);
        }
        return new Real.Lanes(l.buffer(), l.at(), (int) stride.constant());
    }

    /** Results lie side by side, or as far apart as those of the other residues leave room for. */
    static void requireStride(Place place, String index, long stride) {
        if (!place.stride(index).equals(Optional.of(IntExpr.of(stride)))) {
            throw new NoLanes("results are no neighbours");
        }
    }

    /** Positions below 2^24 are exact values of single precision. */
    static void requireSmall(IntExpr position, Known known) {
        if (!known.isInside(position, IntExpr.of(1 << 24))) {
            throw new NoLanes("a position that may be no exact value: " + position);
        }
    }

    /** {@code ±winner + e} compared with 0; positions are exact values. */
    static Test compared(Rel rel, IntExpr difference, String winner) {
        long sign = difference.coefficient(winner).orElse(0);
        if (Math.abs(sign) != 1) {
            throw new NoLanes("multiples of a winner");
        }
        IntExpr rest = beside(difference, winner);
        Real local = new Real.Local(winner, true);
        return sign > 0
                ? new Test.Reals(rel, local, new Real.Spread(new Real.OfInt(rest.negate())))
                : new Test.Reals(rel, new Real.Spread(new Real.OfInt(rest)), local);
    }

    /** The {@code e} of {@code ±winner + e}. */
    static IntExpr beside(IntExpr difference, String winner) {
        long sign = difference.coefficient(winner).orElse(0);
        return difference.minus(IntExpr.var(winner).times(sign));
    }

    /** {@code s + a·b}, rounded once. */
    static Real fused(Real e) {
        return e instanceof Real.Binary sum
                        && sum.op() == Real.Op.ADD
                        && sum.left() instanceof Real.Local
                        && sum.right() instanceof Real.Binary product
                        && product.op() == Real.Op.MUL
                ? new Real.Fma(product.left(), product.right(), sum.left())
                : e;
    }

    /** {@code c > b || c ≠ c && b = b  →  !(c ≤ b) && b = b}: a candidate is larger, or not a number where the best is. */
    static Optional<Test> better(Test.Any any) {
        if (any.parts().size() == 2
                && any.parts().get(0) instanceof Test.Reals larger
                && (larger.rel() == Rel.GT || larger.rel() == Rel.LT)
                && any.parts()
                        .get(1)
                        .equals(new Test.All(List.of(
                                new Test.Reals(Rel.NE, larger.left(), larger.left()),
                                new Test.Reals(Rel.EQ, larger.right(), larger.right()))))) {
            Rel not = larger.rel() == Rel.GT ? Rel.LE : Rel.GE;
            return Optional.of(new Test.All(List.of(
                    new Test.Not(new Test.Reals(not, larger.left(), larger.right())),
                    new Test.Reals(Rel.EQ, larger.right(), larger.right()))));
        }
        return Optional.empty();
    }

    /** Beside conditions of lanes those of scalars are asked in each lane, too. */
    static List<Test> alike(List<Test> parts) {
        return parts.stream().noneMatch(Test::isLanes)
                ? parts
                : parts.stream().map(LaneForms::inLanes).toList();
    }

    private static Test inLanes(Test t) {
        if (t.isLanes()) {
            return t;
        }
        if (t instanceof Test.Reals r) {
            return new Test.Reals(r.rel(), spread(r.left()), spread(r.right()));
        }
        if (t instanceof Test.Not n) {
            return new Test.Not(inLanes(n.part()));
        }
        throw new NoLanes("a condition of lanes and of integers");
    }
}
