package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Mistakes in indices: flipped, shifted, with the wrong sign, unscaled, exchanged, taken for another, in the wrong
 * window.
 */
final class IndexMends {
    private static final String FORWARDS = "forwards";
    private static final String BACKWARDS = "backwards";

    private final List<String> sizes;
    private final Parts parts;

    /** @param sizes the layer's, in order */
    IndexMends(List<String> sizes, Parts parts) {
        this.sizes = sizes;
        this.parts = parts;
    }

    /** Edits of one integer, wherever it stands. */
    void integer(Site<IntExpr> site, Consumer<Mend<?>> into) {
        IntExpr e = site.part();
        Set<String> names = new LinkedHashSet<>(e.variables());
        for (Range range : site.scope()) {
            if (names.contains(range.name())) {
                IntExpr flipped = e.substitute(
                        range.name(), range.lo().plus(range.hi()).minus(1).minus(range.index()));
                offer(
                        site,
                        () -> flipped,
                        () -> "along `" + range.name() + "` it runs " + way(e, range) + " where it must run "
                                + way(flipped, range),
                        10,
                        into);
                offer(
                        site,
                        () -> e.substitute(range.name(), range.index().negate()),
                        () -> "the sign of `" + range.name() + "` is wrong",
                        12,
                        into);
                IntExpr reach = range.hi().minus(range.lo()).minus(1);
                offer(
                        site,
                        () -> e.plus(reach),
                        () -> "the index is shifted by the length of `" + range.name() + "`",
                        16,
                        into);
                offer(
                        site,
                        () -> e.minus(reach),
                        () -> "the index is shifted by the length of `" + range.name() + "`",
                        16,
                        into);
                for (String size : sizes) {
                    offer(
                            site,
                            () -> e.substitute(range.name(), range.index().times(IntExpr.var(size))),
                            () -> "`" + range.name() + "` is not scaled by " + size,
                            12,
                            into);
                }
            }
        }
        offer(site, () -> e.plus(1), () -> "the index is one too small", 14, into);
        offer(site, () -> e.minus(1), () -> "the index is one too large", 14, into);
        for (String size : sizes) {
            IntExpr s = IntExpr.var(size);
            offer(site, () -> e.plus(s), () -> "an offset of " + size + " is missing", 22, into);
            offer(site, () -> e.minus(s), () -> "an offset of " + size + " is too much", 22, into);
            offer(site, () -> e.plus(s).minus(1), () -> "the index is shifted by " + size + "-1", 20, into);
            offer(site, () -> e.minus(s).plus(1), () -> "the index is shifted by " + size + "-1", 20, into);
            offer(site, () -> e.times(s), () -> "the index is not scaled by " + size, 24, into);
            offer(site, () -> s, () -> size + " is meant", 30, into);
            offer(site, () -> s.minus(1), () -> size + "-1 is meant", 30, into);
        }
        offer(site, e::negate, () -> "its sign is wrong", 13, into);
        for (IntExpr offset : parts.offsets()) {
            offer(site, () -> e.plus(offset), () -> "an offset of " + offset + " is missing", 23, into);
            offer(site, () -> e.minus(offset), () -> "an offset of " + offset + " is too much", 23, into);
        }
        for (IntExpr other : parts.integers(site.scope())) {
            offer(site, () -> other, () -> "another index is meant", 31, into);
        }
        List<IntExpr> summands = new ArrayList<>();
        e.terms().forEach((monomial, c) -> summands.add(IntExpr.of(monomial, c)));
        if (summands.size() > 1) {
            offer(
                    site,
                    () -> summands.stream().reduce(IntExpr.ONE, IntExpr::times),
                    () -> "a product is meant, not a sum",
                    29,
                    into);
        }
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            if (term.getKey().factors().size() > 1) {
                IntExpr sum = term.getKey().factors().stream().map(IntExpr::of).reduce(IntExpr.ZERO, IntExpr::plus);
                IntExpr rest = e.minus(IntExpr.of(term.getKey(), term.getValue()));
                offer(site, () -> rest.plus(sum), () -> "a sum is meant, not a product", 29, into);
                offer(site, () -> rest.minus(sum), () -> "a sum is meant, not a product", 29, into);
            }
            IntExpr part = IntExpr.of(term.getKey(), term.getValue());
            if (e.terms().size() > 1) {
                offer(site, () -> e.minus(part), () -> "`" + part + "` does not belong into the index", 15, into);
                offer(site, () -> e.minus(part.times(2)), () -> "the sign of `" + part + "` is wrong", 13, into);
            }
            if (Math.abs(term.getValue()) > 1 || term.getKey().factors().size() > 1) {
                for (IntExpr less : unscaled(term.getKey(), term.getValue())) {
                    offer(
                            site,
                            () -> e.minus(part).plus(less),
                            () -> "`" + part + "` is scaled where it must not be",
                            19,
                            into);
                }
            }
            for (Atom atom : term.getKey().factors()) {
                if (atom instanceof Atom.FloorDiv q) {
                    offer(
                            site,
                            () -> e.mapAtoms(a -> a.equals(atom) ? q.num() : IntExpr.of(a)),
                            () -> "the division by " + q.den() + " is too much",
                            26,
                            into);
                    offer(
                            site,
                            () -> e.mapAtoms(a -> a.equals(atom) ? q.num().mod(q.den()) : IntExpr.of(a)),
                            () -> "`mod` is meant, not `div`",
                            26,
                            into);
                } else if (atom instanceof Atom.Mod m) {
                    offer(
                            site,
                            () -> e.mapAtoms(a -> a.equals(atom) ? m.num() : IntExpr.of(a)),
                            () -> "the remainder by " + m.den() + " is too much",
                            26,
                            into);
                    offer(
                            site,
                            () -> e.mapAtoms(a -> a.equals(atom) ? m.num().floorDiv(m.den()) : IntExpr.of(a)),
                            () -> "`div` is meant, not `mod`",
                            26,
                            into);
                } else if (atom instanceof Atom.Abs a) {
                    offer(
                            site,
                            () -> e.mapAtoms(b -> b.equals(atom) ? a.arg() : IntExpr.of(b)),
                            () -> "the absolute value is too much",
                            26,
                            into);
                } else if (atom instanceof Position.Arg arg) {
                    IntExpr other = IntExpr.of(new Position.Arg(!arg.max(), arg.ranges(), arg.body()));
                    offer(
                            site,
                            () -> e.mapAtoms(b -> b.equals(atom) ? other : IntExpr.of(b)),
                            () -> "`argmax` and `argmin` are exchanged",
                            15,
                            into);
                } else if (atom instanceof Atom.Extremum x) {
                    for (IntExpr one : List.of(x.left(), x.right())) {
                        offer(
                                site,
                                () -> e.mapAtoms(b -> b.equals(atom) ? one : IntExpr.of(b)),
                                () -> "the extremum is too much",
                                26,
                                into);
                    }
                    offer(
                            site,
                            () -> e.mapAtoms(a -> a.equals(atom)
                                    ? IntExpr.of(new Atom.Extremum(!x.max(), x.left(), x.right()))
                                    : IntExpr.of(a)),
                            () -> "`max` and `min` are exchanged",
                            27,
                            into);
                }
            }
        }
        for (String name : names) {
            for (Range other : site.scope()) {
                if (!other.name().equals(name) && !names.contains(other.name())) {
                    offer(
                            site,
                            () -> e.substitute(name, other.index()),
                            () -> "`" + name + "` is taken for `" + other.name() + "`",
                            17,
                            into);
                }
            }
            for (String size : sizes) {
                if (!size.equals(name)) {
                    offer(
                            site,
                            () -> e.substitute(name, IntExpr.var(size)),
                            () -> "`" + name + "` is taken for " + size,
                            25,
                            into);
                }
            }
            offer(
                    site,
                    () -> e.substitute(name, IntExpr.ZERO),
                    () -> "`" + name + "` does not belong into the index",
                    28,
                    into);
        }
        for (Range other : site.scope()) {
            if (!names.contains(other.name())) {
                offer(
                        site,
                        () -> e.plus(other.index()),
                        () -> "`" + other.name() + "` is missing in the index",
                        18,
                        into);
                offer(
                        site,
                        () -> e.minus(other.index()),
                        () -> "`" + other.name() + "` is missing in the index",
                        18,
                        into);
                offer(site, () -> other.index(), () -> "`" + e + "` is taken for `" + other.name() + "`", 18, into);
            }
        }
    }

    private static List<IntExpr> unscaled(Monomial monomial, long coefficient) {
        List<IntExpr> less = new ArrayList<>();
        if (Math.abs(coefficient) > 1) {
            less.add(IntExpr.of(monomial, Long.signum(coefficient)));
        }
        for (int k = 0; k < monomial.factors().size() && monomial.factors().size() > 1; k++) {
            List<Atom> rest = new ArrayList<>(monomial.factors());
            rest.remove(k);
            less.add(IntExpr.of(new Monomial(rest), coefficient));
        }
        return less;
    }

    private static void offer(
            Site<IntExpr> site, Supplier<IntExpr> edit, Supplier<String> mistake, int rank, Consumer<Mend<?>> into) {
        IntExpr other;
        try {
            other = edit.get();
        } catch (ArithmeticException noInteger) {
            return;
        }
        if (!other.equals(site.part())) {
            into.accept(new Mend<>(
                    site, other, () -> "`" + site.part() + "` should be `" + other + "`: " + mistake.get(), rank));
        }
    }

    /** Edits of all indices of a read together: rotated, transposed. */
    void read(Site<Expr> site, Expr.Read r, Consumer<Mend<?>> into) {
        List<IntExpr> index = r.index();
        // Every subset of two axes or more flipped about the extents of what runs there.
        for (int axes = 1; axes < 1 << Math.min(index.size(), 6); axes++) {
            if (Integer.bitCount(axes) < 2) {
                continue;
            }
            List<IntExpr> flipped = new ArrayList<>(index);
            for (int k = 0; k < index.size(); k++) {
                if ((axes >> k & 1) == 1) {
                    flipped.set(k, flip(index.get(k), site.scope()));
                }
            }
            if (!flipped.equals(index)) {
                into.accept(new Mend<>(
                        site, new Expr.Read(r.ref(), flipped, r.pad()), () -> rotated(r, flipped, site.scope()), 5));
            }
        }
        exchanged(site, r, into);
        for (int i = 0; i < index.size(); i++) {
            for (int j = i + 1; j < index.size(); j++) {
                List<IntExpr> swapped = new ArrayList<>(index);
                swapped.set(i, index.get(j));
                swapped.set(j, index.get(i));
                if (!swapped.equals(index)) {
                    into.accept(new Mend<>(
                            site,
                            new Expr.Read(r.ref(), swapped, r.pad()),
                            () -> "two indices of `" + r.ref() + "` are exchanged: it is transposed",
                            8));
                }
            }
        }
    }

    /** Two indices, each in the other's place: {@code o[i+n, j+m]} for {@code o[i+m, j+n]}. */
    private static void exchanged(Site<Expr> site, Expr.Read r, Consumer<Mend<?>> into) {
        List<Range> scope = site.scope();
        for (int i = 0; i < scope.size(); i++) {
            for (int j = i + 1; j < scope.size(); j++) {
                Range one = scope.get(i);
                Range other = scope.get(j);
                Map<String, IntExpr> swap = Map.of(one.name(), other.index(), other.name(), one.index());
                List<IntExpr> swapped =
                        r.index().stream().map(e -> e.substitute(swap)).toList();
                if (one.name().equals(other.name()) || swapped.equals(r.index())) {
                    continue;
                }
                into.accept(new Mend<>(
                        site,
                        new Expr.Read(r.ref(), swapped, r.pad()),
                        () -> "`" + one.name() + "` and `" + other.name() + "` are exchanged in `" + r.ref() + "`",
                        9));
            }
        }
    }

    private static String rotated(Expr.Read r, List<IntExpr> flipped, List<Range> scope) {
        List<String> names = new ArrayList<>();
        String way = "";
        for (int k = 0; k < flipped.size(); k++) {
            Optional<Range> along = innermost(r.index().get(k), scope);
            if (!flipped.get(k).equals(r.index().get(k)) && along.isPresent()) {
                names.add("`" + along.get().name() + "`");
                way = way(r.index().get(k), along.get());
            }
        }
        boolean forwards = way.equals(FORWARDS);
        return "`" + r.ref() + "` must " + (forwards ? "" : "not ") + "be rotated by 180° here: it is read " + way
                + " along " + String.join(", ", names) + ", which "
                + (forwards
                        ? "correlates where the true formula convolves"
                        : "convolves where the true formula correlates");
    }

    private static String way(IntExpr e, Range range) {
        return e.coefficient(range.name()).orElse(1) < 0 ? BACKWARDS : FORWARDS;
    }

    private static Optional<Range> innermost(IntExpr e, List<Range> scope) {
        for (int k = scope.size() - 1; k >= 0; k--) {
            if (e.variables().contains(scope.get(k).name())) {
                return Optional.of(scope.get(k));
            }
        }
        return Optional.empty();
    }

    /** Each index that runs over a range, the other way round. */
    private static IntExpr flip(IntExpr e, List<Range> scope) {
        IntExpr flipped = innermost(e, scope)
                .map(r -> e.substitute(r.name(), r.lo().plus(r.hi()).minus(1).minus(r.index())))
                .orElse(e);
        return flipped;
    }
}
