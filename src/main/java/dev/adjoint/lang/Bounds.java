package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shows that every access stays inside its tensor and every divisor is positive, for all sizes under the assumptions;
 * looks for sizes where it does not; and lists what could not be decided.
 */
final class Bounds {
    private final Work work;
    private final List<String> sizes;
    private final List<Cond> assumptions;
    private final boolean warn;

    /** @param warn whether what cannot be decided is worth a warning here */
    Bounds(Work work, List<String> sizes, List<Cond> assumptions, boolean warn) {
        this.work = work;
        this.sizes = sizes;
        this.assumptions = assumptions;
        this.warn = warn;
    }

    /** What is left to check when sizes are known; what is known to fail is told. */
    List<Layer.OpenRead> check() {
        List<Layer.OpenRead> open = new ArrayList<>();
        Set<Place> told = new HashSet<>();
        List<Obligation> all = new ArrayList<>(work.obligations());
        // A divisor that may be negative is one mistake; what it makes of the accesses is none of their own.
        all.sort(Comparator.comparing(o -> !o.isDivisor()));
        for (Obligation o : all) {
            try {
                if (!told.contains(o.place()) && !isMet(o)) {
                    judge(o, open, told);
                }
            } catch (ArithmeticException overflow) {
                told.add(o.place());
                o.context().error(Codes.L038, o.place(), "`" + o.read() + "` leads to integers beyond 64 bits");
            }
        }
        return open;
    }

    private void judge(Obligation o, List<Layer.OpenRead> open, Set<Place> told) {
        Witness witness = new Witness(work, sizes, assumptions, o);
        Optional<Witness.Point> point = witness.find();
        // A class cannot assume anything of its open sizes: there, its constructor asks for what makes the read good.
        boolean sometimes =
                !warn && inside(o).filter(c -> !c.equals(Cond.FALSE)).isPresent();
        if (point.isPresent() && !sometimes) {
            told.add(o.place());
            violated(o, point.get());
        } else if (point.isPresent() || !witness.isComplete()) {
            undecided(o, open);
        }
    }

    private boolean isMet(Obligation o) {
        DataAtoms data = data(o);
        Domain domain = work.sizes;
        for (Range range : o.context().facts().ranges()) {
            domain = domain.and(range);
        }
        for (var datum : data.below().entrySet()) {
            IntExpr value = IntExpr.of(datum.getKey());
            domain = domain.and(List.of(Constraint.le(IntExpr.ZERO, value), Constraint.lt(value, datum.getValue())));
        }
        for (List<Constraint> guards : Cases.of(o.context().facts().guards())) {
            Domain where = domain.and(guards);
            boolean met = o.isDivisor()
                    ? where.impliesLe(IntExpr.ONE, o.index())
                    : where.impliesLe(IntExpr.ZERO, o.index()) && where.implies(Constraint.lt(o.index(), o.extent()));
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private DataAtoms data(Obligation o) {
        DataAtoms data = new DataAtoms(work);
        data.collect(o.index());
        data.collect(o.extent());
        for (Range range : o.context().facts().ranges()) {
            data.collect(range.lo());
            data.collect(range.hi());
        }
        return data;
    }

    private void violated(Obligation o, Witness.Point point) {
        if (o.isDivisor()) {
            work.sizes = work.sizes.and(Constraint.le(IntExpr.ONE, o.index()));
            o.context()
                    .error(Diagnostic.error(
                                    Codes.L042.name(),
                                    o.place(),
                                    "the divisor " + o.index() + " is " + point.index() + at(point)
                                            + "; it must be at least 1")
                            .help("assume " + o.index() + " >= 1"));
            return;
        }
        boolean below = point.index() < 0;
        long by = below ? Math.negateExact(point.index()) : point.index() - point.extent() + 1;
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L040.name(),
                o.place(),
                "`" + o.read() + "` reads " + by + (below ? " before the start" : " past the end") + " of axis "
                        + o.axis() + " of " + o.tensor() + ": entry " + point.index()
                        + (below ? "" : ", where the last is " + (point.extent() - 1) + ",") + at(point));
        Optional<Cond> inside = inside(o).filter(c -> !c.equals(Cond.TRUE));
        String pad =
                o.isPaddable() ? "pad the access, pad(" + o.read() + "), or shorten the range" : "shorten the range";
        if (inside.isEmpty() || inside.get().equals(Cond.FALSE) && point.sizes().isEmpty()) {
            o.context().error(diagnostic.help(pad));
        } else if (inside.get().equals(Cond.FALSE)) {
            o.context()
                    .error(diagnostic
                            .note("it leaves the axis for all sizes", null)
                            .help(pad));
        } else {
            String where = Printer.print(inside.get());
            o.context()
                    .error(diagnostic
                            .note("it stays inside only where " + where, null)
                            .help("assume " + where + ", or " + pad));
        }
    }

    private static String at(Witness.Point point) {
        String sizes = point.sizes();
        return (point.indices().isEmpty() ? "" : " at " + point.indices())
                + (sizes.isEmpty() ? "" : point.indices().isEmpty() ? " for " + sizes : ", for " + sizes);
    }

    private Optional<Cond> inside(Obligation o) {
        Extremes extremes = new Extremes(work.sizes);
        List<Range> ranges = o.context().facts().ranges();
        var data = data(o).below();
        if (o.isDivisor()) {
            return extremes.neverNegative(o.index().minus(1), ranges, data);
        }
        Optional<Cond> low = extremes.neverNegative(o.index(), ranges, data);
        Optional<Cond> high = extremes.neverNegative(o.extent().minus(1).minus(o.index()), ranges, data);
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        List<Cond> needed = new ArrayList<>();
        for (Cond part : Cond.conjuncts(Cond.and(low.get(), high.get()))) {
            boolean known = part instanceof Cond.Ints ints
                    && ints.constraint().isPresent()
                    && work.sizes.implies(ints.constraint().get());
            if (!known) {
                needed.add(part);
            }
        }
        return Optional.of(Cond.and(needed));
    }

    private void undecided(Obligation o, List<Layer.OpenRead> open) {
        Optional<Cond> inside = inside(o);
        if (inside.isPresent() && inside.get().equals(Cond.TRUE)) {
            return;
        }
        boolean claim = o.context().use() == Context.Use.CLAIM;
        if (!warn && inside.isEmpty()) {
            o.context()
                    .error(Diagnostic.error(
                                    Codes.L041.name(),
                                    o.place(),
                                    "neither could it be shown that " + what(o)
                                            + ", nor does a condition on the open sizes say when")
                            .help("bind more sizes, or assume what makes it so"));
            return;
        }
        if (!claim) {
            inside.ifPresent(where -> open.add(new Layer.OpenRead(where, o.read(), o.place())));
        }
        if (!warn) {
            return;
        }
        Diagnostic warning = Diagnostic.warning(Codes.L041.name(), o.place(), "it could not be shown that " + what(o));
        if (!claim) {
            warning = warning.note("it is checked where sizes are bound, and by the constructor for open ones", null);
        }
        work.tell(inside.isPresent() ? warning.help("assume " + Printer.print(inside.get())) : warning);
    }

    private static String what(Obligation o) {
        return o.isDivisor()
                ? "the divisor " + o.read() + " is at least 1"
                : "`" + o.read() + "` stays inside axis " + o.axis() + " of " + o.tensor();
    }
}
