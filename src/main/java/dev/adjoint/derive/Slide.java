package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a summed index m, alone in an axis of one read, stands in an axis of another: as {@code stride·p + dilation·m +
 * offset} (a correlation), with a minus before the m (a convolution), or alone there too (shared). Where the whole
 * stands over {@code div spread}, the other read is spread out, with zeros between its entries.
 *
 * @param index the summed index
 * @param rotated whether the free index has a minus, so that the result is the other way round
 * @param shifted whether there is an offset
 */
record Slide(
        Kind kind, String index, IntExpr dilation, IntExpr stride, IntExpr spread, boolean rotated, boolean shifted) {
    enum Kind {
        CORRELATION,
        CONVOLUTION,
        SHARED,
        OTHER
    }

    /**
     * One for each axis of the moving read that holds a summed index.
     *
     * @param free the indices of the result
     */
    static List<Slide> between(Expr.Read still, Expr.Read moving, List<String> bound, List<String> free) {
        List<Slide> slides = new ArrayList<>();
        for (IntExpr axis : moving.index()) {
            Set<String> names = new LinkedHashSet<>(axis.variables());
            names.retainAll(bound);
            if (names.size() == 1) {
                slides.add(of(axis, names.iterator().next(), still, free));
            } else if (!names.isEmpty()) {
                slides.add(other(String.join(", ", names)));
            }
        }
        return slides;
    }

    private static Slide of(IntExpr axis, String name, Expr.Read still, List<String> free) {
        if (!still.index().contains(IntExpr.var(name))) {
            return other(name);
        }
        if (axis.equals(IntExpr.var(name))) {
            return new Slide(Kind.SHARED, name, IntExpr.ONE, IntExpr.ONE, IntExpr.ONE, false, false);
        }
        Optional<Atom.FloorDiv> quotient = quotient(axis);
        IntExpr spread = quotient.map(Atom.FloorDiv::den).orElse(IntExpr.ONE);
        IntExpr inner = quotient.map(Atom.FloorDiv::num).orElse(axis);
        Optional<Affine> summed = Affine.in(inner, name);
        if (summed.isEmpty()) {
            return other(name);
        }
        int sign = sign(summed.get().coefficient());
        for (String position : free) {
            Optional<Affine> placed = Affine.in(summed.get().rest(), position).filter(a -> !a.isAbsent());
            if (placed.isEmpty()) {
                continue;
            }
            int turned = sign(placed.get().coefficient());
            if (sign == 0 || turned == 0 || sign < 0 && turned < 0) {
                return other(name);
            }
            return new Slide(
                    sign > 0 ? Kind.CORRELATION : Kind.CONVOLUTION,
                    name,
                    magnitude(summed.get().coefficient()),
                    magnitude(placed.get().coefficient()),
                    spread,
                    turned < 0,
                    !placed.get().rest().isZero());
        }
        return other(name);
    }

    private static Slide other(String name) {
        return new Slide(Kind.OTHER, name, IntExpr.ONE, IntExpr.ONE, IntExpr.ONE, false, false);
    }

    private static Optional<Atom.FloorDiv> quotient(IntExpr axis) {
        return axis.atoms().stream()
                .filter(atom -> axis.equals(IntExpr.of(atom)))
                .filter(Atom.FloorDiv.class::isInstance)
                .map(Atom.FloorDiv.class::cast)
                .findFirst();
    }

    /** Of a coefficient whose terms agree in their sign, sizes being positive; 0 if they do not. */
    private static int sign(IntExpr coefficient) {
        boolean positive = coefficient.terms().values().stream().allMatch(c -> c > 0);
        boolean negative = coefficient.terms().values().stream().allMatch(c -> c < 0);
        return positive == negative ? 0 : positive ? 1 : -1;
    }

    private static IntExpr magnitude(IntExpr coefficient) {
        return sign(coefficient) < 0 ? coefficient.negate() : coefficient;
    }
}
