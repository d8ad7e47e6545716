package dev.adjoint.prove;

import dev.adjoint.eval.Code;
import dev.adjoint.eval.Compiled;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Frame;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where two sides differ in double: a quick first look at a point, at all of its elements. What it sees is to be confirmed
 * in intervals. Serves one thread.
 */
final class Scan {
    private static final int FEW = 16;
    /** Elements, or beginnings of such, that are looked at. */
    private static final int MOST_ELEMENTS = 3_000;

    private static final int MOST_AT_ONCE = 150_000;
    /** A prime: it shares no factor with a count that is none of its multiples. */
    private static final int STRIDE = 10_007;

    private final Compiled compiled;

    Scan(Meaning meaning) {
        this.compiled = new Compiled(new DoubleField(Scan::open), meaning::definition);
    }

    /** Smooth functions that satisfy no simple law, and their derivatives. */
    static double open(Fun.Open fun, double x) {
        double a = 0.7 + Math.floorMod(fun.name().hashCode(), 7) / 10.0;
        double phase = Math.floorMod(fun.name().hashCode(), 5) / 3.0 + fun.order() * Math.PI / 2;
        double wave = Math.pow(a, fun.order()) * Math.sin(a * x + phase);
        return wave + Math.pow(0.3, fun.order()) * Math.exp(0.3 * x);
    }

    Frame frame(Sample sample) {
        return frame(compiled, sample, doubles(sample));
    }

    /** The entries of what is given. */
    static Map<Ref, double[]> doubles(Sample sample) {
        Map<Ref, double[]> given = new HashMap<>();
        sample.tensors().forEach((ref, values) -> {
            double[] numbers = new double[values.length];
            for (int k = 0; k < values.length; k++) {
                numbers[k] = values[k].doubleValue();
            }
            given.put(ref, numbers);
        });
        return given;
    }

    static Frame frame(Compiled compiled, Sample sample, Map<Ref, double[]> given) {
        return compiled.frame(
                sample.sizes(),
                ref -> {
                    long[] shape = sample.shapes().get(ref);
                    return shape != null
                            ? shape
                            : Objects.requireNonNull(sample.shapes().get(Ref.value(ref.name())));
                },
                given,
                sample.integers());
    }

    /** Some elements at which the sides differ, or the right one alone has no value. */
    List<Map<String, Long>> differing(Refuter.Sides sides, Frame frame, int most, long effort) {
        List<Map<String, Long>> found = new ArrayList<>();
        Code.Real left = compiled.real(sides.left());
        Code.Real right = compiled.real(sides.right());
        long rest = effort;
        List<Map<String, Long>> all = elements(compiled, sides.indices(), frame);
        // Far apart ones first, if there are many: a stride that shares no factor with their number meets each of them
        // once.
        int stride = all.size() <= FEW ? 1 : stride(all.size());
        for (int k = 0; k < all.size(); k++) {
            Map<String, Long> element = all.get((int) ((long) k * stride % all.size()));
            double derived = value(left, frame, element, rest);
            rest = frame.left();
            double claimed = value(right, frame, element, rest);
            rest = frame.left();
            if (rest <= 0) {
                break;
            }
            if (Double.isFinite(derived) && !Screen.agrees(derived, claimed)) {
                found.add(element);
                if (found.size() == most) {
                    break;
                }
            }
        }
        return found;
    }

    private static double value(Code.Real real, Frame frame, Map<String, Long> element, long effort) {
        try {
            return frame.value(real, element, effort);
        } catch (Code.NoValue | ArithmeticException none) {
            return Double.NaN;
        }
    }

    /** The elements of the left side; of very many, some. */
    static List<Map<String, Long>> elements(Compiled compiled, List<Range> indices, Frame frame) {
        List<Map<String, Long>> elements = new ArrayList<>(List.of(Map.of()));
        for (Range range : indices) {
            Expr lo = Exprs.integer(range.lo());
            Expr hi = Exprs.integer(range.hi());
            List<Map<String, Long>> longer = new ArrayList<>();
            for (Map<String, Long> prefix : elements) {
                long end = (long) frame.value(compiled.real(hi), prefix, Long.MAX_VALUE);
                long start = (long) frame.value(compiled.real(lo), prefix, Long.MAX_VALUE);
                // Never more at once than can be held.
                long step = 1 + (end - start) * elements.size() / MOST_AT_ONCE;
                for (long i = start; i < end; i += step) {
                    Map<String, Long> element = new LinkedHashMap<>(prefix);
                    element.put(range.name(), i);
                    longer.add(element);
                }
            }
            elements = longer.size() <= MOST_ELEMENTS ? longer : thinned(longer);
        }
        return elements;
    }

    private static int stride(int count) {
        return count % STRIDE == 0 ? 1 : STRIDE;
    }

    private static List<Map<String, Long>> thinned(List<Map<String, Long>> many) {
        List<Map<String, Long>> some = new ArrayList<>();
        for (int k = 0; k < MOST_ELEMENTS; k++) {
            some.add(many.get((int) ((long) k * stride(many.size()) % many.size())));
        }
        return some;
    }
}
