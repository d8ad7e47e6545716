package dev.adjoint.report.figure;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pooling with numbers: what each window gives, and how much of each error comes back to each entry of the input. The
 * numbers are what the layer's formulas give for the input drawn; nothing is drawn that was not computed.
 */
final class RoutingFigure {
    private final Scene scene;
    private final Derivation derivation;

    RoutingFigure(Scene scene, Derivation derivation) {
        this.scene = scene;
        this.derivation = derivation;
    }

    Optional<Figure> of() {
        Optional<Gradient> found = scene.gradient(derivation, scene.input.ref());
        boolean alone = scene.sliding.layer().given().size() == 1
                && scene.sliding.layer().equations().size() == 1
                && scene.sliding.layer().functions().isEmpty();
        if (found.isEmpty() || !alone) {
            return Optional.empty();
        }
        Panel forward = forward(found.get());
        Panel backward = backward(found.get());
        String caption =
                "Forward, each window gives one value, and what it depends on has its colour; backward, the error of each window comes back to its"
                        + " entries as the derivative says: what stands in an entry is how much of which error it gets."
                        + Wording.drawnFor(scene);
        return Optional.of(new Figure(
                Figure.Kind.ROUTING,
                scene.input.ref().name(),
                scene.output.ref().name(),
                "How values and errors are routed",
                scene.sizes,
                caption,
                List.of(forward, backward)));
    }

    private Panel forward(Gradient gradient) {
        int cell = Wording.large(scene.input, scene.output);
        Sketch in = new Sketch(scene.input, cell);
        Set<Point> deciding = new LinkedHashSet<>();
        for (Point point : scene.input.points()) {
            List<Point> decided = scene.output.points().stream()
                    .filter(at -> share(gradient, point, at) != 0)
                    .toList();
            if (!decided.isEmpty()) {
                deciding.add(point);
            }
            int hue = decided.size() == 1 ? scene.output.hue(decided.get(0)) : -1;
            in.cell(point, hue, Label.of(String.valueOf(value(scene.input.index(point)))));
        }
        Sketch out = new Sketch(scene.output, cell);
        List<String> values = new ArrayList<>();
        List<Set<Point>> windows = new ArrayList<>();
        for (Point at : scene.output.points()) {
            windows.add(new LinkedHashSet<>(
                    Wording.inside(scene.input, Scene.points(scene.forward(at), scene.input.ref()))));
            String value = number(evaluate(at));
            out.cell(at, scene.output.hue(at), Label.of(value));
            values.add(scene.output.entry(at) + " = " + value);
        }
        boolean disjoint = windows.stream().mapToInt(Set::size).sum()
                == windows.stream().flatMap(Set::stream).distinct().count();
        if (disjoint) {
            windows.forEach(window -> in.dashed(window, "a window"));
        }
        if (deciding.size() < scene.input.points().size()) {
            deciding.forEach(point -> in.outline(Set.of(point), "a winner"));
        }
        return new Panel(
                "Forward",
                "The windows, and what they give: " + Wording.list(values) + ".",
                List.of(in.fitting(), out.fitting()),
                List.of("→"));
    }

    private Panel backward(Gradient gradient) {
        Plane result = new Plane(Ref.grad(scene.input.ref().name()), scene.input.axes(), scene.input.shape());
        int cell = Wording.large(scene.input, scene.output);
        Sketch in = new Sketch("∂E/∂" + scene.input.heading(), result, cell);
        List<String> shares = new ArrayList<>();
        for (Point pixel : scene.input.points()) {
            Label label = Label.NONE;
            int hue = -1;
            int count = 0;
            for (Point at : scene.output.points()) {
                double share = share(gradient, pixel, at);
                if (share != 0) {
                    String factor = number(share);
                    Label error = scene.error.label("δ", at);
                    Label part = factor.equals("1") ? error : Label.of(factor).and(error);
                    label = label.isEmpty() ? part : label.and(Label.of("+")).above(part);
                    hue = scene.output.hue(at);
                    count++;
                    shares.add(scene.input.entry(pixel) + " gets " + factor + " of " + scene.error.entry(at));
                }
            }
            if (count > 1) {
                hue = -1;
            }
            in.cell(pixel, hue, label.isEmpty() ? Label.of("0") : label);
        }
        Grid errors = new Sketch(scene.error, cell).named("δ", true).done();
        return new Panel("Backward", Wording.list(shares) + ".", List.of(errors, in.fitting()), List.of("→"));
    }

    /** Small numbers without order, all of a plane different: the multiples of one modulo their count. */
    private long value(List<Long> index) {
        List<Long> shape = scene.input.shape();
        long flat = 0;
        long count = 1;
        for (int k = 0; k < shape.size(); k++) {
            flat = flat * shape.get(k) + index.get(k);
            count *= shape.get(k);
        }
        long factor = count * 3 / 8 + 1;
        while (BigInteger.valueOf(factor).gcd(BigInteger.valueOf(count)).intValue() != 1) {
            factor++;
        }
        return (flat * factor + 2) % count + 1;
    }

    private double evaluate(Point at) {
        Map<String, Long> indices = indices(scene.sliding.equation().indices(), scene.output.index(at));
        return evaluator(Map.of()).value(scene.sliding.equation().rhs(), indices);
    }

    /** The derivative of the result at one place by the input at another, as the gradient for the error 1 there. */
    private double share(Gradient gradient, Point pixel, Point at) {
        Map<String, Long> indices = indices(gradient.indices(), scene.input.index(pixel));
        return evaluator(Map.of(scene.output.index(at), 1.0)).value(gradient.formula(), indices);
    }

    private static Map<String, Long> indices(List<Range> ranges, List<Long> index) {
        Map<String, Long> at = new HashMap<>();
        for (int k = 0; k < ranges.size(); k++) {
            at.put(ranges.get(k).name(), index.get(k));
        }
        return at;
    }

    private Evaluator<Double> evaluator(Map<List<Long>, Double> error) {
        Trace trace = new Trace(scene.sliding.layer(), scene.sizes);
        Source<Double> source = new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                return trace.shape(ref).stream().mapToLong(Long::longValue).toArray();
            }

            @Override
            public Double read(Ref ref, long[] index) {
                List<Long> at = java.util.Arrays.stream(index).boxed().toList();
                return ref.kind() == Ref.Kind.VALUE ? (double) value(at) : error.getOrDefault(at, 0.0);
            }
        };
        return new Evaluator<>(new DoubleField(), source, scene.sizes);
    }

    /** With up to two decimals; the usual fractions as such. */
    private static String number(double value) {
        for (int denominator : new int[] {1, 2, 3, 4, 9}) {
            double numerator = value * denominator;
            if (Math.abs(numerator - Math.rint(numerator)) < 1e-9) {
                long whole = (long) Math.rint(numerator);
                return denominator == 1 ? Long.toString(whole).replace("-", "−") : fraction(whole, denominator);
            }
        }
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString()
                .replace("-", "−");
    }

    private static String fraction(long numerator, int denominator) {
        return (numerator < 0 ? "−" : "") + Math.abs(numerator) + "/" + denominator;
    }
}
