package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The iterations of a counted loop: a counter that begins at {@code start}, changes by {@code step}, and goes on while
 * a condition bounds it.
 *
 * @param range of the index that numbers the iterations
 * @param descending whether they run from its last value to its first
 * @param value of the counter in an iteration
 * @param passed how many iterations came before
 */
record Counter(Range range, boolean descending, IntExpr value, IntExpr passed) {

    /** Finds the iterations of one loop. */
    static final class Finder {
        private final String raw;
        private final IntExpr start;
        private final Domain domain;
        private final Node node;
        private final boolean up;
        private @Nullable IntExpr bound;

        /**
         * @param raw the name by which the condition calls the counter
         * @param up whether it counts upwards
         */
        Finder(String raw, IntExpr start, boolean up, Domain domain, Node node) {
            this.raw = raw;
            this.start = start;
            this.up = up;
            this.domain = domain;
            this.node = node;
        }

        Counter find(Cond condition, IntExpr step) {
            for (Cond part : Cond.conjuncts(condition)) {
                if (!(part instanceof Cond.Ints ints)) {
                    throw refusal("its condition " + Machine.text(part) + " is no bound of a counter");
                }
                take(ints, step);
            }
            if (condition.equals(Cond.FALSE)) {
                bound = start;
            }
            if (bound == null) {
                throw refusal("nothing ends it");
            }
            return iterations(bound, up ? step : step.negate());
        }

        private Counter iterations(IntExpr end, IntExpr by) {
            IntExpr index = IntExpr.var(raw);
            if (by.equals(IntExpr.ONE)) {
                return up
                        ? new Counter(new Range(raw, start, end), false, index, index.minus(start))
                        : new Counter(new Range(raw, end, start.plus(1)), true, index, start.minus(index));
            }
            IntExpr distance =
                    up ? end.minus(start).plus(by).minus(1) : start.minus(end).plus(by);
            Range range = Range.below(raw, domain.simplify(distance.floorDiv(by)));
            IntExpr value = up ? start.plus(by.times(index)) : start.minus(by.times(index));
            return new Counter(range, false, value, index);
        }

        /** {@code c·counter < r} and the like. */
        private void take(Cond.Ints part, IntExpr step) {
            IntExpr difference = part.left().minus(part.right());
            OptionalLong found = difference.coefficient(raw);
            if (found.isEmpty() || found.getAsLong() == 0) {
                throw refusal("its condition " + Machine.text(part) + " is no bound of its counter");
            }
            long c = found.getAsLong();
            IntExpr rest = difference.minus(IntExpr.var(raw).times(c));
            Rel rel = c > 0 ? part.rel() : part.rel().flip();
            IntExpr right = c > 0 ? rest.negate() : rest;
            long by = Math.abs(c);
            switch (rel) {
                case LT -> above(right.plus(by - 1).floorDiv(IntExpr.of(by)), part);
                case LE -> above(right.floorDiv(IntExpr.of(by)).plus(1), part);
                case GT -> below(right.floorDiv(IntExpr.of(by)).plus(1), part);
                case GE -> below(right.plus(by - 1).floorDiv(IntExpr.of(by)), part);
                case NE -> unequal(right, by, step, part);
                case EQ -> throw refusal("it goes on while " + Machine.text(part) + " only");
            }
        }

        private void above(IntExpr end, Cond part) {
            if (up) {
                bound = bound == null ? end : bound.min(end);
            } else if (!domain.implies(Constraint.lt(start, end))) {
                throw refusal("it counts down, and " + Machine.text(part) + " is not shown to hold at its start");
            }
        }

        private void below(IntExpr least, Cond part) {
            if (!up) {
                bound = bound == null ? least : bound.max(least);
            } else if (!domain.impliesLe(least, start)) {
                throw refusal("it counts up, and " + Machine.text(part) + " is not shown to hold at its start");
            }
        }

        private void unequal(IntExpr end, long by, IntExpr step, Cond part) {
            boolean unit = by == 1 && (up ? step : step.negate()).equals(IntExpr.ONE);
            boolean met = unit && (up ? domain.impliesLe(start, end) : domain.impliesLe(end, start));
            if (!met) {
                throw refusal("it ends when the counter meets " + Machine.text(end)
                        + " exactly, which is not shown to happen");
            }
            if (up) {
                above(end, part);
            } else {
                below(end.plus(1), part);
            }
        }

        private Refusal refusal(String why) {
            return new Refusal(Messages.LOOP, node, "this loop cannot be counted: " + why);
        }
    }
}
