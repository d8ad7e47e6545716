package dev.adjoint.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Random expressions and constraints over few variables, and boxes in which to count. */
final class RandomIntegers {
    private final Random random;
    private final List<String> names;

    RandomIntegers(long seed, List<String> names) {
        this.random = new Random(seed);
        this.names = names;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** {@code Σ c·v + c} with small coefficients. */
    IntExpr affine() {
        IntExpr sum = IntExpr.ZERO;
        for (String name : names) {
            int c = random.nextInt(3) > 0 ? random.nextInt(7) - 3 : 0;
            sum = sum.plus(IntExpr.var(name).times(c));
        }
        return sum.plus(random.nextInt(9) - 4);
    }

    /** An expression with quotients, remainders, extrema, absolute values and products. */
    IntExpr expression(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return affine();
        }
        IntExpr left = expression(depth - 1);
        IntExpr divisor = random.nextBoolean()
                ? IntExpr.of(1 + random.nextInt(4))
                : IntExpr.var(names.get(random.nextInt(names.size())));
        return switch (random.nextInt(8)) {
            case 0 -> left.floorDiv(divisor);
            case 1 -> left.mod(divisor);
            case 2 -> left.max(expression(depth - 1));
            case 3 -> left.min(expression(depth - 1));
            case 4 -> left.abs();
            case 5 -> IntExpr.var(names.get(random.nextInt(names.size()))).times(affine());
            case 6 -> left.minus(expression(depth - 1));
            default -> left.plus(left.floorDiv(divisor).times(divisor));
        };
    }

    Constraint constraint(int depth) {
        IntExpr e = depth == 0 ? affine() : expression(depth);
        return new Constraint(e, random.nextInt(8) == 0);
    }

    List<Constraint> constraints(int count, int depth) {
        List<Constraint> constraints = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            constraints.add(constraint(depth));
        }
        return constraints;
    }

    /** Calls with every point {@code lo ≤ v ≤ hi}. */
    static void forEachPoint(List<String> names, int lo, int hi, Consumer<Map<String, Long>> action) {
        Map<String, Long> point = new HashMap<>();
        visit(names, 0, lo, hi, point, action);
    }

    private static void visit(
            List<String> names, int k, int lo, int hi, Map<String, Long> point, Consumer<Map<String, Long>> action) {
        if (k == names.size()) {
            action.accept(point);
            return;
        }
        for (long value = lo; value <= hi; value++) {
            point.put(names.get(k), value);
            visit(names, k + 1, lo, hi, point, action);
        }
    }

    static long value(IntExpr e, Map<String, Long> point) {
        return e.evaluate(atom -> point.get(((Atom.Var) atom).name()));
    }

    /** Whether the constraint holds; empty where it divides by zero. */
    static Optional<Boolean> holds(Constraint c, Map<String, Long> point) {
        try {
            long value = value(c.expr(), point);
            return Optional.of(c.equality() ? value == 0 : value >= 0);
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /** Whether all hold and are defined. */
    static boolean allHold(List<Constraint> constraints, Map<String, Long> point) {
        return constraints.stream().allMatch(c -> holds(c, point).orElse(false));
    }
}
