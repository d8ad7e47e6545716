package dev.adjoint.plan;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The integers between which an expression lies while its variables run over boxes with known sides. */
final class Intervals {
    /** {@code lo ≤ value ≤ hi}. */
    record Interval(long lo, long hi) {}

    private final Map<String, Interval> known;

    private Intervals(Map<String, Interval> known) {
        this.known = known;
    }

    static Intervals none() {
        return new Intervals(Map.of());
    }

    /** These, and an index over its range; unchanged if the range is not known or may be empty. */
    Intervals with(String name, IntExpr lo, IntExpr hi) {
        Optional<Interval> from = of(lo);
        Optional<Interval> to = of(hi);
        Map<String, Interval> more = new HashMap<>(known);
        more.remove(name);
        if (from.isPresent() && to.isPresent() && from.get().lo() < to.get().hi()) {
            more.put(name, new Interval(from.get().lo(), to.get().hi() - 1));
        }
        return new Intervals(more);
    }

    Intervals with(List<Range> ranges) {
        Intervals all = this;
        for (Range range : ranges) {
            all = all.with(range.name(), range.lo(), range.hi());
        }
        return all;
    }

    /** Whether {@code 0 ≤ e < extent} is certain. */
    boolean inside(IntExpr e, IntExpr extent) {
        return atLeast(e, 0) && atLeast(extent.minus(e), 1);
    }

    boolean atLeast(IntExpr e, long bound) {
        return of(e).map(i -> i.lo() >= bound).orElse(false);
    }

    /** The interval, if every variable is known and nothing overflows. */
    Optional<Interval> of(IntExpr e) {
        try {
            long lo = 0;
            long hi = 0;
            for (Map.Entry<IntExpr.Monomial, Long> term : e.terms().entrySet()) {
                Interval product = new Interval(term.getValue(), term.getValue());
                for (Atom factor : term.getKey().factors()) {
                    Optional<Interval> interval = of(factor);
                    if (interval.isEmpty()) {
                        return Optional.empty();
                    }
                    product = times(product, interval.get());
                }
                lo = Math.addExact(lo, product.lo());
                hi = Math.addExact(hi, product.hi());
            }
            return Optional.of(new Interval(lo, hi));
        } catch (ArithmeticException overflow) {
            return Optional.empty();
        }
    }

    private Optional<Interval> of(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            return Optional.ofNullable(known.get(variable.name()));
        }
        if (atom instanceof Atom.FloorDiv q && q.den().isConstant()) {
            long by = q.den().constant();
            return of(q.num())
                    .filter(n -> by > 0)
                    .map(n -> new Interval(Math.floorDiv(n.lo(), by), Math.floorDiv(n.hi(), by)));
        }
        if (atom instanceof Atom.Mod r && r.den().isConstant() && r.den().constant() > 0) {
            return Optional.of(new Interval(0, r.den().constant() - 1));
        }
        if (atom instanceof Atom.Extremum x) {
            Optional<Interval> left = of(x.left());
            Optional<Interval> right = of(x.right());
            if (left.isPresent() && right.isPresent()) {
                Interval l = left.get();
                Interval r = right.get();
                return Optional.of(
                        x.max()
                                ? new Interval(Math.max(l.lo(), r.lo()), Math.max(l.hi(), r.hi()))
                                : new Interval(Math.min(l.lo(), r.lo()), Math.min(l.hi(), r.hi())));
            }
        }
        return Optional.empty();
    }

    private static Interval times(Interval a, Interval b) {
        long p = Math.multiplyExact(a.lo(), b.lo());
        long q = Math.multiplyExact(a.lo(), b.hi());
        long r = Math.multiplyExact(a.hi(), b.lo());
        long s = Math.multiplyExact(a.hi(), b.hi());
        return new Interval(Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
    }
}
