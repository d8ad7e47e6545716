package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Sums;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A definition that sums products of two reads: {@code T[f] = Σ_r A[a(f, r)]·B[b(f, r)] + rest(f)}, with places
 * {@code a} and {@code b} affine in the indices and both {@code f} and {@code r} running over a box. Convolutions, their
 * gradients and matrix products are of this kind, and what a planner may do to one it may do to all.
 *
 * @param place where the target takes a result, over the free indices
 * @param sum the sum, a part of the definition's right-hand side, one object wherever it stands; the rest holds
 *     no other
 */
record Contraction(Definition definition, List<IntExpr> place, Expr.Reduce sum, Expr.Read left, Expr.Read right) {
    Contraction {
        place = List.copyOf(place);
    }

    /** The definition as a contraction, if it is one. */
    static Optional<Contraction> of(Definition definition, Tensors tensors) {
        return of(definition, definition.indices().stream().map(Range::index).toList(), false, tensors);
    }

    /**
     * The same for a definition whose sum may stand behind a condition.
     *
     * @param place where the target takes the result
     * @param total whether the sum may be computed where no condition asks for it: nothing that it reads is guarded
     */
    static Optional<Contraction> of(Definition given, List<IntExpr> place, boolean total, Tensors tensors) {
        Definition definition = given.with(Sums.shared(given.rhs()));
        List<Expr.Reduce> sums = Sums.of(definition.rhs());
        boolean[] simple = {true};
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Reduce) {
                    return e;
                }
                simple[0] &= total || !(e instanceof Expr.Select || e instanceof Expr.Iverson);
                return super.expr(e);
            }

            @Override
            public IntExpr atom(Atom atom) {
                simple[0] &= atom instanceof Atom.Var;
                return super.atom(atom);
            }
        }.expr(definition.rhs());
        if (!simple[0] || sums.size() != 1 || sums.get(0).kind() != Expr.Reduce.Kind.SUM) {
            return Optional.empty();
        }
        Expr.Reduce sum = sums.get(0);
        if (!(sum.body() instanceof Expr.Mul product)
                || product.factors().size() != 2
                || !(product.factors().get(0) instanceof Expr.Read left)
                || !(product.factors().get(1) instanceof Expr.Read right)) {
            return Optional.empty();
        }
        Contraction contraction = new Contraction(definition, place, sum, left, right);
        boolean real = Stream.of(left, right).noneMatch(r -> tensors.of(r.ref()).integer());
        return real && contraction.isBox() && contraction.isAffine(left) && contraction.isAffine(right)
                ? Optional.of(contraction)
                : Optional.empty();
    }

    List<Range> free() {
        return definition.indices();
    }

    List<Range> reduced() {
        return sum.ranges();
    }

    /** Every index, the free ones first. */
    List<Range> indices() {
        return Stream.concat(free().stream(), reduced().stream()).toList();
    }

    List<Expr.Read> operands() {
        return List.of(left, right);
    }

    private boolean isBox() {
        Set<String> names = new HashSet<>();
        indices().forEach(r -> names.add(r.name()));
        return names.size() == indices().size()
                && indices().stream()
                        .flatMap(r -> Stream.of(r.lo(), r.hi()))
                        .allMatch(bound -> Variables.isStatic(bound)
                                && bound.variables().stream().noneMatch(names::contains));
    }

    /** Whether the place is a sum of indices, each times a number, and of sizes; and what lies outside counts as 0. */
    private boolean isAffine(Expr.Read read) {
        return (read.pad() == null || Exprs.isZero(read.pad()))
                && read.index().stream()
                        .allMatch(e -> Variables.isStatic(e)
                                && indices().stream()
                                        .allMatch(r -> e.coefficient(r.name()).isPresent()));
    }

    /** What must be finite where some operands are bordered by zeros: what these are multiplied with. */
    List<Test> finite(Predicate<Expr.Read> isBordered, Tensors tensors) {
        List<Test> finite = new ArrayList<>();
        if (isBordered.test(left)) {
            finite.add(new Test.Finite(tensors.of(right.ref())));
        }
        if (isBordered.test(right)) {
            finite.add(new Test.Finite(tensors.of(left.ref())));
        }
        return finite;
    }

    /** The same with other operands of the same values. */
    Contraction with(Expr.Read newLeft, Expr.Read newRight) {
        Expr.Reduce newSum = new Expr.Reduce(sum.kind(), sum.ranges(), new Expr.Mul(List.of(newLeft, newRight)));
        Expr rhs = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                return e == sum ? newSum : super.expr(e);
            }
        }.expr(definition.rhs());
        return new Contraction(definition.with(rhs), place, newSum, newLeft, newRight);
    }
}
