package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random formulas over the tensors of {@link Ground}, with all that the language has. */
final class RandomValues {
    private static final IntExpr N = IntExpr.var("N");
    private static final IntExpr K = IntExpr.var("K");
    private static final List<Fun> FUNCTIONS = List.of(
            Fun.Known.EXP,
            Fun.Known.LOG,
            Fun.Known.LOG1P,
            Fun.Known.SQRT,
            Fun.Known.TANH,
            Fun.Known.SIGMOID,
            Fun.Known.ERF,
            Fun.Known.SIN,
            Fun.Known.COS,
            Fun.Known.ABS,
            Fun.Known.RELU,
            Fun.Known.RELU,
            new Fun.Open("f", 0),
            new Fun.Open("f", 1));

    private final Random random;
    private final List<Range> scope = new ArrayList<>();
    private int names;

    /** @param free the indices of the formulas */
    RandomValues(Random random, List<Range> free) {
        this.random = random;
        scope.addAll(free);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    Expr value(int depth) {
        if (depth == 0) {
            return leaf();
        }
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> leaf();
            case 3, 4 -> Exprs.add(value(depth - 1), value(depth - 1));
            case 5 -> Exprs.sub(value(depth - 1), value(depth - 1));
            case 6, 7, 8 -> product(depth);
            case 9 -> Exprs.div(value(depth - 1), value(depth - 1));
            case 10 -> power(depth);
            case 11, 12 -> Exprs.apply(pick(FUNCTIONS), value(depth - 1));
            case 13 -> new Expr.Extremum(chance(0.5), value(depth - 1), value(depth - 1));
            case 14 -> Exprs.mul(Exprs.iverson(condition(depth - 1)), value(depth - 1));
            case 15 -> Exprs.select(condition(depth - 1), value(depth - 1), value(depth - 1));
            case 16 -> chance(0.5) ? new Expr.Stop(value(depth - 1)) : Exprs.integer(position(depth - 1));
            default -> reduction(depth);
        };
    }

    private Expr product(int depth) {
        Expr left = value(depth - 1);
        return Exprs.mul(left, chance(0.2) ? left : value(depth - 1));
    }

    private Expr power(int depth) {
        Expr base = value(depth - 1);
        if (chance(0.1)) {
            return Exprs.pow(
                    base, chance(0.5) ? value(0) : Exprs.integer(pick(scope).index()));
        }
        return Exprs.pow(
                base,
                pick(List.of(
                        Expr.Num.of(2),
                        Expr.Num.of(3),
                        Expr.Num.of(-1),
                        Expr.Num.of(-2),
                        Expr.Num.of(1, 2),
                        Expr.Num.of(-1, 2),
                        Expr.Num.of(7),
                        Expr.Num.of(3, 2))));
    }

    private Expr reduction(int depth) {
        int kind = random.nextInt(12);
        boolean box = kind > 8;
        int count = chance(0.3) ? 2 : 1;
        List<Range> ranges = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            ranges.add(enter(box));
        }
        Expr body = value(depth - 1);
        leave(count);
        Expr.Reduce.Kind reduce = kind < 8
                ? Expr.Reduce.Kind.SUM
                : kind == 8 ? Expr.Reduce.Kind.PROD : kind == 9 ? Expr.Reduce.Kind.MIN : Expr.Reduce.Kind.MAX;
        return Exprs.reduce(reduce, ranges, body);
    }

    private Range enter(boolean box) {
        String name = "k" + names++;
        IntExpr i = scope.isEmpty() ? IntExpr.ZERO : pick(scope).index();
        Range range = switch (random.nextInt(box ? 3 : 8)) {
            case 0, 3 -> Range.below(name, K);
            case 1 -> Range.below(name, IntExpr.of(1 + random.nextInt(3)));
            case 4 -> Range.below(name, i);
            case 5 -> new Range(name, i.minus(1).max(IntExpr.ZERO), i.plus(2).min(N));
            case 6 -> new Range(name, i, N);
            case 7 -> new Range(name, i.plus(1).floorDiv(IntExpr.of(2)), i.plus(1));
            default -> Range.below(name, N);
        };
        scope.add(range);
        return range;
    }

    private void leave(int count) {
        scope.subList(scope.size() - count, scope.size()).clear();
    }

    /** The position of an extremum in a window. */
    private IntExpr position(int depth) {
        Range range = enter(true);
        Expr body = value(Math.min(1, depth));
        leave(1);
        return IntExpr.of(new Position.Arg(chance(0.7), List.of(range), body));
    }

    private Expr leaf() {
        return switch (random.nextInt(12)) {
            case 0 -> pick(List.of(Expr.Num.of(2), Expr.Num.of(-1), Expr.Num.of(1, 2), Expr.Num.of(3), Expr.Num.ONE));
            case 1 -> Exprs.integer(scope.isEmpty() ? N : pick(scope).index());
            case 2 -> Exprs.mul(pick(List.of(Expr.Num.of(2), Expr.Num.of(-1), Expr.Num.of(1, 3))), read());
            default -> read();
        };
    }

    private Expr read() {
        String tensor = pick(List.of("x", "x", "z", "w", "c"));
        List<IntExpr> index = new ArrayList<>();
        boolean inside = true;
        for (IntExpr extent : Ground.SHAPES.get(tensor)) {
            IntExpr i = index(extent);
            inside &= Ground.domain(scope).impliesLe(IntExpr.ZERO, i)
                    && Ground.domain(scope).impliesLe(i, extent.minus(1));
            index.add(i);
        }
        Expr pad = inside ? null : chance(0.8) ? Expr.Num.ZERO : Expr.Num.of(2);
        return new Expr.Read(Ref.value(tensor), index, pad);
    }

    private IntExpr index(IntExpr extent) {
        if (scope.isEmpty()) {
            return chance(0.5) ? IntExpr.ZERO : extent.minus(1);
        }
        IntExpr i = pick(scope).index();
        return switch (random.nextInt(16)) {
            case 0 -> extent.minus(1).minus(i);
            case 1 -> i.plus(random.nextInt(3) - 1);
            case 2 -> i.plus(pick(scope).index());
            case 3 -> i.minus(pick(scope).index());
            case 4 -> i.times(2);
            case 5 -> i.floorDiv(IntExpr.of(2));
            case 6 -> i.mod(chance(0.5) ? IntExpr.of(2) : K);
            case 7 -> IntExpr.of(new Position.Entry("t", List.of(pick(scope).index())));
            case 8 -> i.min(extent.minus(1));
            case 9 -> i.minus(pick(scope).index()).abs();
            case 10 -> i.times(2).plus(pick(scope).index());
            default -> i;
        };
    }

    Cond condition(int depth) {
        IntExpr i = scope.isEmpty() ? N : pick(scope).index();
        IntExpr j = scope.isEmpty() ? K : pick(scope).index();
        Rel rel = pick(List.of(Rel.values()));
        return switch (random.nextInt(9)) {
            case 0 -> Cond.ints(rel, i, j.plus(random.nextInt(2)));
            case 1 -> Cond.eq(i.plus(random.nextInt(2)).mod(IntExpr.of(2)), IntExpr.ZERO);
            case 2 -> Cond.ints(rel, i.plus(j), chance(0.5) ? K : IntExpr.of(2));
            case 3 -> Cond.not(condition(depth));
            case 4 -> Cond.and(condition(depth), condition(depth));
            case 5 -> Cond.or(List.of(condition(depth), condition(depth)));
            default -> Cond.values(rel, value(Math.min(1, depth)), chance(0.5) ? Expr.Num.ZERO : value(0));
        };
    }
}
