package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what a formula is, in the field's terms: what is summed, what is routed, how two reads meet ({@link Pair}). */
final class Words {
    private Words() {}

    /**
     * A sentence for each term that is recognised; none for what has no name.
     *
     * @param free the indices of the result, in its order
     */
    static List<String> of(Expr e, List<String> free) {
        Set<String> words = new LinkedHashSet<>();
        for (Expr term : e instanceof Expr.Add a ? a.terms() : List.of(e)) {
            term(term, free).ifPresent(words::add);
        }
        return List.copyOf(words);
    }

    private static Optional<String> term(Expr term, List<String> free) {
        if (routes(term)) {
            return Optional.of("routing to the winner: the error goes where the window's maximum was");
        }
        List<Range> ranges = new ArrayList<>();
        List<Expr> factors = new ArrayList<>();
        flatten(term, ranges, factors);
        List<String> bound = Terms.names(ranges);
        if (ranges.stream().anyMatch(r -> isCut(r, free, bound))) {
            return Optional.empty();
        }
        List<Expr.Read> reads = new ArrayList<>();
        List<Expr> scales = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        for (Expr factor : factors) {
            if (factor instanceof Expr.Read r) {
                reads.add(r);
            } else if (isDivisibility(factor)) {
                continue;
            } else {
                (readsNothing(factor) ? scales : others).add(factor);
            }
        }
        // The error first: a gradient is the error, and what is done to it.
        reads.sort(Comparator.comparing(r -> !isError(r.ref())));
        boolean apart = others.stream().allMatch(o -> Collections.disjoint(Variables.of(o), bound));
        if (bound.isEmpty() && !others.isEmpty()) {
            boolean error = reads.size() == 1 && isError(reads.get(0).ref());
            return error ? Optional.of("element by element: the error times the derivative") : Optional.empty();
        }
        if (!apart) {
            return Optional.empty();
        }
        Optional<String> words = Optional.empty();
        if (reads.size() == 2) {
            words = new Pair(reads.get(0), reads.get(1), bound, free).words();
        } else if (reads.size() == 1 && !bound.isEmpty() && others.isEmpty()) {
            words = Optional.of("sum of " + reads.get(0).ref() + " over " + String.join(", ", bound));
        }
        return words.map(w -> w + times(scales, others));
    }

    /** Whether the range depends on other indices, as that of a triangle: what is summed is no whole product then. */
    private static boolean isCut(Range range, List<String> free, List<String> bound) {
        Set<String> bounds = new LinkedHashSet<>(range.lo().variables());
        bounds.addAll(range.hi().variables());
        return !Collections.disjoint(bounds, free) || !Collections.disjoint(bounds, bound);
    }

    /** What else the result is multiplied by. */
    private static String times(List<Expr> scales, List<Expr> others) {
        String scaled = scales.isEmpty() ? "" : ", scaled by " + Printer.print(Exprs.mul(scales));
        return others.isEmpty()
                ? scaled
                : scaled + ", then element by element times " + Printer.print(Exprs.mul(others));
    }

    private static boolean readsNothing(Expr e) {
        boolean[] found = new boolean[1];
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                found[0] |= node instanceof Expr.Read || node instanceof Expr.Iverson || node instanceof Expr.Select;
                return super.expr(node);
            }

            @Override
            public IntExpr atom(Atom atom) {
                found[0] |= !(atom instanceof Atom.Var);
                return super.atom(atom);
            }
        }.expr(e);
        return !found[0];
    }

    /** {@code [e mod n == 0]}: the read beside it stands over {@code div n}. */
    private static boolean isDivisibility(Expr e) {
        return e instanceof Expr.Iverson i
                && i.cond() instanceof Cond.Ints ints
                && ints.rel() == Rel.EQ
                && ints.left().minus(ints.right()).atoms().stream().anyMatch(Atom.Mod.class::isInstance);
    }

    private static void flatten(Expr e, List<Range> ranges, List<Expr> factors) {
        for (Expr factor : Terms.factors(e)) {
            if (Terms.isSum(factor)) {
                ranges.addAll(((Expr.Reduce) factor).ranges());
                flatten(((Expr.Reduce) factor).body(), ranges, factors);
            } else if (factor instanceof Expr.Select s && s.otherwise().equals(Expr.Num.ZERO)) {
                flatten(s.then(), ranges, factors);
            } else {
                factors.add(factor);
            }
        }
    }

    private static boolean isError(Ref ref) {
        return ref.kind() != Ref.Kind.VALUE;
    }

    private static boolean routes(Expr e) {
        boolean[] found = new boolean[1];
        new Rewriter() {
            @Override
            public IntExpr atom(Atom atom) {
                found[0] |= atom instanceof Position.Arg;
                return super.atom(atom);
            }
        }.expr(e);
        return found[0];
    }
}
