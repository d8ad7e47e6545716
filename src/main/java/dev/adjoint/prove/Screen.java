package dev.adjoint.prove;

import dev.adjoint.eval.Code;
import dev.adjoint.eval.Compiled;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Frame;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Points at which candidates for a right-hand side are compared with the left one, in double: a wrong one falls at one of
 * the first. What stands at all points may still be wrong; what falls, falls by more than rounding. Small sizes, sizes of
 * 1 and data with many zeros are among the points: there, of two mistakes one may not show.
 */
final class Screen {
    private static final long SEED = 20160905;
    /** Reads that the derived side may take at a point. */
    private static final long EFFORT = 50_000;
    /** Elements of one sample. */
    private static final int ELEMENTS = 3;

    /** Points at which the claim is wrong; half as many at which it is not. */
    private static final int POINTS = 48;
    /** Reads that a diagnosis may take in all, and what an evaluation takes besides. */
    private static final long WORK = 40_000_000;

    private static final long OVERHEAD = 10;
    /** What compiling takes for each node, in reads. */
    private static final long COMPILING = 60;

    private static final Expr VALUE_HOLE = Exprs.read(Ref.value(Compiled.HOLE), List.of());
    private static final IntExpr INTEGER_HOLE = IntExpr.var(Compiled.HOLE);

    private final Meaning meaning;
    private final List<Range> free;
    private final Compiled compiled;
    private final Map<Site<?>, Code.Real> contexts = new IdentityHashMap<>();
    private final List<Point> points = new ArrayList<>();
    /** How many of the points, the first ones, show that the claim is wrong. */
    private final int failing;

    private long spent;

    /** What the left side is at an element, and the effort that this took. */
    private record Point(Frame frame, Map<String, Long> element, double target, long effort) {}

    Screen(Meaning meaning, Samples samples, Refuter.Sides sides, Expr claimed) {
        this.meaning = meaning;
        this.free = sides.indices();
        this.compiled = new Compiled(new DoubleField(Scan::open), meaning::definition);
        Code.Real left = compiled.real(sides.left());
        Code.Real right = compiled.real(meaning.derived(claimed, free));
        List<Point> agreeing = new ArrayList<>();
        for (Sample sample : samples(samples)) {
            for (Point point : samples.areLawful(sample) ? points(sample, left, sides) : List.<Point>of()) {
                if (agrees(point.target(), value(right, point))) {
                    agreeing.add(point);
                } else {
                    points.add(point);
                }
            }
        }
        // A wrong candidate falls soonest where the claim itself is wrong, and cheapest.
        points.sort(Comparator.comparingLong(Point::effort));
        agreeing.sort(Comparator.comparingLong(Point::effort));
        points.subList(Math.min(points.size(), POINTS), points.size()).clear();
        failing = points.size();
        points.addAll(agreeing.subList(0, Math.min(agreeing.size(), POINTS / 2)));
    }

    private List<Sample> samples(Samples samples) {
        SplittableRandom random = new SplittableRandom(SEED);
        LinkedHashSet<Map<String, Long>> sizes = new LinkedHashSet<>(samples.smallest(4, 3, 2000));
        sizes.addAll(samples.generic(random, 4, 3, s -> true));
        List<Sample> drawn = new ArrayList<>();
        for (Map<String, Long> each : sizes) {
            for (Samples.Style style : Samples.Style.values()) {
                drawn.add(samples.draw(each, style, random));
            }
            drawn.add(samples.lawful(thinned(samples.draw(each, Samples.Style.SIGNED, random), random)));
            drawn.add(samples.lawful(thinned(samples.draw(each, Samples.Style.POSITIVE, random), random)));
        }
        return drawn;
    }

    /** With two of three entries zero. */
    private static Sample thinned(Sample sample, SplittableRandom random) {
        Map<Ref, BigFraction[]> thin = new LinkedHashMap<>();
        sample.tensors().forEach((ref, values) -> {
            BigFraction[] some = values.clone();
            for (int k = 0; k < some.length; k++) {
                some[k] = random.nextInt(3) == 0 ? some[k] : BigFraction.ZERO;
            }
            thin.put(ref, some);
        });
        return new Sample(sample.sizes(), sample.shapes(), thin, sample.integers());
    }

    private List<Point> points(Sample sample, Code.Real left, Refuter.Sides sides) {
        // Numbers without a law among them, so that two parts are not the same by chance.
        boolean spread = meaning.layer().valueAssumptions().isEmpty();
        Map<Ref, double[]> given = new HashMap<>();
        sample.tensors().forEach((ref, values) -> {
            double[] numbers = new double[values.length];
            for (int k = 0; k < values.length; k++) {
                numbers[k] = values[k].doubleValue() * (spread ? 1 + 0.1 * golden(k + given.size()) : 1);
            }
            given.put(ref, numbers);
        });
        Frame frame = Scan.frame(compiled, sample, given);
        List<Point> found = new ArrayList<>();
        List<Map<String, Long>> all = Scan.elements(compiled, sides.indices(), frame);
        for (int k = 0; k < ELEMENTS && !all.isEmpty(); k++) {
            Map<String, Long> element = all.get((int) ((long) k * (all.size() - 1) / (ELEMENTS - 1)));
            if (found.stream().anyMatch(p -> p.element().equals(element))) {
                continue;
            }
            try {
                double target = frame.value(left, element, EFFORT);
                if (Double.isFinite(target)) {
                    found.add(new Point(frame, element, target, EFFORT - frame.left()));
                }
            } catch (Code.NoValue | ArithmeticException none) {
                // No demand on the claim there.
            }
        }
        return found;
    }

    /** The fractional part of a multiple of the golden ratio. */
    private static double golden(int k) {
        double multiple = (k + 1) * 0.6180339887498949;
        return multiple - Math.floor(multiple);
    }

    // ---- candidates

    /** Whether a candidate has the left side's value at every point. */
    boolean stands(Mend<?> mend) {
        Code.Real context = filled(mend);
        for (Point point : points) {
            if (!agrees(point.target(), value(context, point))) {
                return false;
            }
        }
        return true;
    }

    /** What a candidate is at the first points at which the claim is wrong; not a number where it has no value. */
    double[] values(Mend<?> mend, int count) {
        Code.Real context = filled(mend);
        double[] values = new double[Math.min(count, failing)];
        for (int k = 0; k < values.length; k++) {
            values[k] = value(context, points.get(k));
        }
        return values;
    }

    double[] targets(int count) {
        return points.stream()
                .limit(Math.min(count, failing))
                .mapToDouble(Point::target)
                .toArray();
    }

    static boolean agrees(double target, double value) {
        return Math.abs(target - value) <= 1e-7 * (1e-3 + Math.abs(target) + Math.abs(value));
    }

    private double value(Code.Real real, Point point) {
        long effort = 2000 + 4 * point.effort();
        try {
            return point.frame().value(real, point.element(), effort);
        } catch (Code.NoValue | ArithmeticException none) {
            return Double.NaN;
        } finally {
            spent += effort - point.frame().left() + OVERHEAD;
        }
    }

    /** Whether as much was evaluated as a diagnosis is worth. */
    boolean isExhausted() {
        return spent > WORK;
    }

    /** The first points at which the claim is wrong, those with the smallest sizes before the others. */
    List<Place> smallest(int count) {
        return points.subList(0, failing).stream()
                .sorted(Comparator.comparingLong(p -> p.frame().sizes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()))
                .limit(count)
                .map(p -> new Place(p.frame(), p.element(), p.target()))
                .toList();
    }

    /** Sizes and data, an element, and what is wanted there. */
    record Place(Frame frame, Map<String, Long> element, double target) {}

    /** The value of a part where indices are what they are; not a number if it has none. */
    double value(Expr part, Frame frame, Map<String, Long> indices) {
        try {
            return frame.value(compiled.real(part), indices, EFFORT);
        } catch (Code.NoValue | ArithmeticException none) {
            return Double.NaN;
        } finally {
            spent += EFFORT - frame.left() + OVERHEAD;
        }
    }

    /** An integer where indices are what they are. */
    long integer(IntExpr e, Frame frame, Map<String, Long> indices) {
        return (long) frame.value(compiled.real(Exprs.integer(e)), indices, EFFORT);
    }

    /** Whether a whole right-hand side has the left side's value at every point. */
    boolean stands(Expr right) {
        spent += COMPILING * Parts.nodes(right);
        Code.Real real = compiled.real(opened(right, free));
        for (Point point : points) {
            if (!agrees(point.target(), value(real, point))) {
                return false;
            }
        }
        return true;
    }

    private Code.Real filled(Mend<?> mend) {
        List<Range> scope = mend.site().scope();
        if (mend.part() instanceof Expr e) {
            compiled.fill(compiled.real(opened(e, scope)));
        } else if (mend.part() instanceof IntExpr i) {
            compiled.fill(compiled.integer(meaning.derived(i, scope)));
        } else {
            compiled.fill(compiled.indicator(meaning.derived((Cond) mend.part(), scope)));
        }
        Code.Real context = contexts.get(mend.site());
        if (context == null) {
            context = compiled.real(opened(context(mend.site()), free));
            contexts.put(mend.site(), context);
        }
        return context;
    }

    @SuppressWarnings("unchecked")
    private static Expr context(Site<?> site) {
        if (site.part() instanceof Expr) {
            return ((Site<Expr>) site).with(VALUE_HOLE);
        }
        if (site.part() instanceof IntExpr) {
            return ((Site<IntExpr>) site).with(INTEGER_HOLE);
        }
        return ((Site<Cond>) site).with(new Cond.Ints(Rel.EQ, INTEGER_HOLE, IntExpr.ONE));
    }

    private Expr opened(Expr e, List<Range> scope) {
        return Meaning.holdsDerivative(e, by -> true) ? meaning.derived(e, scope) : e;
    }
}
