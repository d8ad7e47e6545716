package dev.adjoint.report;

import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two other ways in which textbooks write the convolution {@code Σ_m delta[p−m]·w[m]}: over the region of outputs
 * that an input reaches, and as a correlation with the kernel flipped. Both are the same sum, its terms in another order.
 */
final class Reindexing {
    private Reindexing() {}

    /**
     * {@code sum[lo <= m < hi](delta[p-m] * w[m]) = sum[p-hi < i <= p-lo](delta[i] * w[p-i])}, of the form with clamped
     * bounds, i being the index of the output in the layer's equation; empty if that form is no convolution.
     */
    static Optional<Expr> region(Gradient gradient) {
        Map<String, Expr.Read> errors = new LinkedHashMap<>();
        reads(gradient.raw()).forEach(r -> {
            if (r.ref().kind() != Ref.Kind.VALUE) {
                errors.putIfAbsent(r.ref().toString(), r);
            }
        });
        return rewritten(gradient.formula(), sum -> {
            Map<String, Range> moved = new LinkedHashMap<>();
            Map<String, IntExpr> values = new LinkedHashMap<>();
            for (Expr.Read read : reads(sum.body())) {
                Expr.Read named = errors.get(read.ref().toString());
                for (int axis = 0; named != null && axis < read.index().size(); axis++) {
                    Optional<Range> range = mirrored(read.index().get(axis), sum);
                    Optional<String> name = named.index().get(axis).asVariable().filter(n -> isNew(n, gradient, sum));
                    if (range.isPresent() && name.isPresent()) {
                        IntExpr m = range.get().index();
                        IntExpr sumOfBoth = read.index().get(axis).plus(m);
                        values.put(range.get().name(), sumOfBoth.minus(IntExpr.var(name.get())));
                        moved.put(
                                range.get().name(),
                                new Range(
                                        name.get(),
                                        minus(sumOfBoth, range.get().hi()),
                                        minus(sumOfBoth, range.get().lo())));
                    }
                }
            }
            return substituted(sum, moved, values);
        });
    }

    /**
     * {@code sum[m < K](pad(delta[p-m]) * w[m]) = sum[m < K](pad(delta[p-K+1+m]) * w[K-1-m])}, of the form with zero
     * padding; empty if that form is no convolution.
     */
    static Optional<Expr> flipped(Gradient gradient) {
        return rewritten(gradient.padded(), sum -> {
            Map<String, Range> same = new LinkedHashMap<>();
            Map<String, IntExpr> values = new LinkedHashMap<>();
            for (Expr.Read read : reads(sum.body())) {
                for (IntExpr index : read.index()) {
                    mirrored(index, sum)
                            .filter(r -> read.pad() != null && isOfKernel(r, sum))
                            .ifPresent(range -> {
                                same.put(range.name(), range);
                                values.put(
                                        range.name(),
                                        range.lo().plus(range.hi()).minus(1).minus(range.index()));
                            });
                }
            }
            return substituted(sum, same, values);
        });
    }

    private static Optional<Expr> substituted(Expr.Reduce sum, Map<String, Range> moved, Map<String, IntExpr> values) {
        boolean used = sum.ranges().stream()
                .anyMatch(r -> values.keySet().stream()
                        .anyMatch(v -> r.lo().variables().contains(v)
                                || r.hi().variables().contains(v)));
        if (values.isEmpty() || used) {
            return Optional.empty();
        }
        List<Range> ranges =
                sum.ranges().stream().map(r -> moved.getOrDefault(r.name(), r)).toList();
        return Optional.of(Exprs.sum(ranges, Substitution.of(sum.body(), values)));
    }

    private interface Law {
        Optional<Expr> apply(Expr.Reduce sum);
    }

    /** The law applied to every sum of the formula; empty if it applies to none. */
    private static Optional<Expr> rewritten(Expr formula, Law law) {
        Expr result = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Reduce r && r.kind() == Expr.Reduce.Kind.SUM) {
                    return law.apply(r).orElseGet(() -> super.expr(e));
                }
                return super.expr(e);
            }
        }.expr(formula);
        return result.equals(formula) ? Optional.empty() : Optional.of(result);
    }

    /** The range whose index stands in this one with a minus, once, and is the only summed index there. */
    private static Optional<Range> mirrored(IntExpr index, Expr.Reduce sum) {
        List<Range> summed = sum.ranges().stream()
                .filter(r -> index.variables().contains(r.name()))
                .toList();
        return summed.size() == 1 && index.coefficient(summed.get(0).name()).orElse(0) == -1
                ? Optional.of(summed.get(0))
                : Optional.empty();
    }

    /** Whether the index stands alone in another read. */
    private static boolean isOfKernel(Range range, Expr.Reduce sum) {
        return reads(sum.body()).stream().anyMatch(r -> r.index().contains(range.index()));
    }

    private static boolean isNew(String name, Gradient gradient, Expr.Reduce sum) {
        return gradient.indices().stream().noneMatch(r -> r.name().equals(name))
                && sum.ranges().stream().noneMatch(r -> r.name().equals(name));
    }

    /** {@code e - bound + 1}, where {@code e - max(a, b) = min(e - b, e - a)} and the other way round. */
    private static IntExpr minus(IntExpr e, IntExpr bound) {
        for (Atom atom : bound.atoms()) {
            if (atom instanceof Atom.Extremum x && bound.equals(IntExpr.of(atom))) {
                IntExpr left = minus(e, x.left());
                IntExpr right = minus(e, x.right());
                return x.max() ? right.min(left) : right.max(left);
            }
        }
        return e.minus(bound).plus(1);
    }

    private static List<Expr.Read> reads(Expr e) {
        List<Expr.Read> reads = new ArrayList<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Read r) {
                    reads.add(r);
                }
                return super.expr(node);
            }
        }.expr(e);
        return reads;
    }
}
