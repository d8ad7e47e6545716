package dev.adjoint.derive;

import dev.adjoint.derive.Slide.Kind;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the sum of the product of two reads is called, from how its indices meet: {@code Σ_i a[i]·b[i+m]} is a
 * cross-correlation, {@code Σ_m a[p−m]·b[m]} a convolution, {@code Σ_k a[i,k]·b[k,j]} a matrix product.
 *
 * @param bound the summed indices
 * @param free those of the result, in its order
 */
record Pair(Expr.Read first, Expr.Read second, List<String> bound, List<String> free) {
    Optional<String> words() {
        if (bound.isEmpty()) {
            return elements();
        }
        return sliding(Kind.CORRELATION).or(() -> sliding(Kind.CONVOLUTION)).or(this::product);
    }

    private Optional<String> sliding(Kind kind) {
        return sliding(first, second, kind).or(() -> sliding(second, first, kind));
    }

    private Optional<String> sliding(Expr.Read still, Expr.Read moving, Kind kind) {
        List<Slide> slides = Slide.between(still, moving, bound, free).stream()
                .filter(s -> s.kind() != Kind.SHARED)
                .toList();
        if (slides.isEmpty() || slides.stream().anyMatch(s -> s.kind() != kind)) {
            return Optional.empty();
        }
        boolean padded = still.pad() != null || moving.pad() != null;
        String kernel = still.ref() + each(slides, Slide::dilation, " dilated by ");
        String steps = each(slides, Slide::stride, ", in steps of ");
        if (kind == Kind.CORRELATION) {
            boolean rotated = slides.stream().allMatch(Slide::rotated);
            return Optional.of((padded ? "zero-padded " : "valid ") + "cross-correlation of " + moving.ref() + " with "
                    + kernel + steps + (rotated ? ", rotated by 180°" : ""));
        }
        String spread = each(slides, Slide::spread, " spread out by ");
        if (!spread.isEmpty()) {
            return Optional.of("transposed convolution: the convolution of " + moving.ref() + spread
                    + ", zeros between its entries, with " + kernel + steps);
        }
        String convolution = "convolution of " + moving.ref() + " with " + kernel + steps;
        if (!padded || slides.stream().anyMatch(s -> !s.stride().equals(IntExpr.ONE))) {
            return Optional.of(convolution);
        }
        boolean full = slides.stream().noneMatch(Slide::shifted);
        return Optional.of(
                (full ? "full " : "zero-padded ") + convolution + ": the cross-correlation of the zero-bordered "
                        + moving.ref() + " with " + kernel + " rotated by 180°");
    }

    /** What differs from 1 in any axis. */
    private static String each(List<Slide> slides, Function<Slide, IntExpr> part, String words) {
        String parts =
                slides.stream().map(part).distinct().map(IntExpr::toString).collect(Collectors.joining(" and "));
        return parts.equals("1") ? "" : words + parts;
    }

    private Optional<String> product() {
        List<Slide> slides = Slide.between(first, second, bound, free);
        boolean contracts = !slides.isEmpty() && slides.stream().allMatch(s -> s.kind() == Kind.SHARED);
        if (!contracts) {
            return Optional.empty();
        }
        if (bound.size() == 1 && first.index().size() == 1 && second.index().size() == 1) {
            return Optional.of("inner product of " + first.ref() + " and " + second.ref());
        }
        return matrices().or(() -> Optional.of("contraction of " + first.ref() + " and " + second.ref()));
    }

    /** {@code Σ_s a[i,s]·b[s,j]}, either turned over, either a vector. */
    private Optional<String> matrices() {
        if (bound.size() != 1 || first.index().size() > 2 || second.index().size() > 2) {
            return Optional.empty();
        }
        boolean inOrder = free.size() < 2
                ? first.index().size() == 2
                : first.index().contains(IntExpr.var(free.get(0)))
                        && second.index().contains(IntExpr.var(free.get(1)));
        boolean turned = free.size() == 2
                && second.index().contains(IntExpr.var(free.get(0)))
                && first.index().contains(IntExpr.var(free.get(1)));
        if (free.size() > 2 || free.size() == 2 && inOrder == turned) {
            return Optional.empty();
        }
        Expr.Read left = inOrder ? first : second;
        Expr.Read right = inOrder ? second : first;
        IntExpr summed = IntExpr.var(bound.get(0));
        String transposedLeft = left.index().size() == 2 && left.index().indexOf(summed) == 0 ? " transposed" : "";
        String transposedRight = right.index().size() == 2 && right.index().indexOf(summed) == 1 ? " transposed" : "";
        String kind = free.size() == 2 ? "matrix product of " : "matrix-vector product of ";
        return Optional.of(kind + left.ref() + transposedLeft + " and " + right.ref() + transposedRight);
    }

    private Optional<String> elements() {
        if (first.index().isEmpty() && second.index().isEmpty()) {
            return Optional.empty();
        }
        if (second.index().isEmpty() || first.index().isEmpty()) {
            Expr.Read scalar = first.index().isEmpty() ? first : second;
            return Optional.of((scalar == first ? second : first).ref() + " scaled by " + scalar.ref());
        }
        if (!isPlain(first) || !isPlain(second)) {
            return Optional.empty();
        }
        boolean disjoint = first.index().stream().noneMatch(second.index()::contains);
        return Optional.of(
                disjoint
                        ? "outer product of " + first.ref() + " and " + second.ref()
                        : "element by element: " + first.ref() + " times " + second.ref());
    }

    /** Whether every index is one alone. */
    private static boolean isPlain(Expr.Read read) {
        return read.index().stream().allMatch(i -> i.asVariable().isPresent());
    }
}
