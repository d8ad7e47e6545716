package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a formula is, in the field's terms, from how its indices meet: {@code Σ_i a[i]·b[i+m]} is a
 * cross-correlation, {@code Σ_m a[p−m]·b[m]} a convolution, {@code Σ_k a[i,k]·b[k,j]} a matrix product.
 */
final class Words {
    private Words() {}

    /** A sentence for each term that is recognised; none for what has no name. */
    static List<String> of(Expr e) {
        Set<String> words = new LinkedHashSet<>();
        for (Expr term : e instanceof Expr.Add a ? a.terms() : List.of(e)) {
            term(term, words);
        }
        return List.copyOf(words);
    }

    private static void term(Expr term, Set<String> words) {
        List<Range> ranges = new ArrayList<>();
        List<Expr> factors = new ArrayList<>();
        flatten(term, ranges, factors);
        if (routes(term)) {
            words.add("routing to the winner: the error goes where the window's maximum was");
            return;
        }
        List<Expr.Read> reads = new ArrayList<>();
        for (Expr factor : factors) {
            if (factor instanceof Expr.Read r) {
                reads.add(r);
            }
        }
        List<String> bound = Terms.names(ranges);
        if (reads.size() == 2) {
            pair(reads.get(0), reads.get(1), bound).ifPresent(words::add);
        } else if (reads.size() == 1 && factors.size() == 1 && !bound.isEmpty()) {
            words.add("sum of " + reads.get(0).ref() + " over " + String.join(", ", bound));
        } else if (factors.stream().anyMatch(f -> f instanceof Expr.Apply || f instanceof Expr.Iverson)
                && bound.isEmpty()
                && reads.stream().anyMatch(r -> isError(r.ref()))) {
            words.add("element by element: the error times the derivative");
        }
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

    /** How two reads meet in their summed indices. */
    private static Optional<String> pair(Expr.Read first, Expr.Read second, List<String> bound) {
        boolean lead = isError(second.ref()) && !isError(first.ref());
        Expr.Read a = lead ? second : first;
        Expr.Read b = lead ? first : second;
        Meeting meeting = Meeting.of(a, b, bound);
        Meeting turned = Meeting.of(b, a, bound);
        if (meeting.correlated > 0 || turned.correlated > 0) {
            boolean outer = meeting.correlated > 0;
            Expr.Read still = outer ? a : b;
            Expr.Read moving = outer ? b : a;
            String extent = moving.pad() == null && still.pad() == null ? "valid " : "zero-padded ";
            return Optional.of(extent + "cross-correlation of " + moving.ref() + " with " + still.ref());
        }
        if (meeting.convolved > 0 || turned.convolved > 0) {
            Expr.Read flipped = meeting.convolved > 0 ? a : b;
            Expr.Read kernel = flipped == a ? b : a;
            if (flipped.pad() == null && kernel.pad() == null) {
                return Optional.of("convolution of " + flipped.ref() + " with " + kernel.ref());
            }
            return Optional.of("full convolution of " + flipped.ref() + " with " + kernel.ref()
                    + ": the cross-correlation of the zero-bordered " + flipped.ref() + " with " + kernel.ref()
                    + " rotated by 180°");
        }
        if (meeting.shared > 0 && meeting.other == 0) {
            return Optional.of((a.index().size() == 2 && b.index().size() == 2 ? "matrix product" : "contraction")
                    + " of " + a.ref() + " and " + b.ref());
        }
        if (bound.isEmpty() && !a.index().isEmpty() && !b.index().isEmpty()) {
            boolean disjoint = a.index().stream().noneMatch(b.index()::contains);
            return Optional.of((disjoint ? "outer product of " : "element by element: ")
                    + a.ref()
                    + (disjoint ? " and " : " times ")
                    + b.ref());
        }
        return Optional.empty();
    }

    /**
     * Counts, over the axes of two reads, in how many a summed index stands alone in the one and shifted by a free index
     * in the other (correlated), mirrored ({@code p − m}: convolved), or alone in both (shared).
     */
    private record Meeting(int correlated, int convolved, int shared, int other) {
        static Meeting of(Expr.Read still, Expr.Read moving, List<String> bound) {
            int correlated = 0;
            int convolved = 0;
            int shared = 0;
            int other = 0;
            for (IntExpr index : moving.index()) {
                Set<String> names = new LinkedHashSet<>(index.variables());
                names.retainAll(bound);
                if (names.size() != 1) {
                    other += names.isEmpty() ? 0 : 1;
                    continue;
                }
                String name = names.iterator().next();
                boolean alone = still.index().contains(IntExpr.var(name));
                Optional<Affine> affine = Affine.in(index, name);
                if (!alone || affine.isEmpty()) {
                    other++;
                } else if (index.equals(IntExpr.var(name))) {
                    shared++;
                } else if (affine.get().coefficient().terms().values().stream().allMatch(c -> c > 0)) {
                    correlated++;
                } else {
                    other++;
                }
            }
            for (IntExpr index : still.index()) {
                for (String name : bound) {
                    boolean mirrored = index.coefficient(name).orElse(0) == -1;
                    if (mirrored && moving.index().contains(IntExpr.var(name))) {
                        convolved++;
                    }
                }
            }
            return new Meeting(correlated, convolved, shared, other);
        }
    }
}
