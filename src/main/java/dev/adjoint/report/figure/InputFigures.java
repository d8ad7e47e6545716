package dev.adjoint.report.figure;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the entries of the input do: which outputs one of them reaches, and how the error comes back to it. */
final class InputFigures {
    private final Scene scene;
    private final Derivation derivation;
    private final Plane result;

    InputFigures(Scene scene, Derivation derivation) {
        this.scene = scene;
        this.derivation = derivation;
        this.result = new Plane(Ref.grad(scene.input.ref().name()), scene.input.axes(), scene.input.shape());
    }

    /** One pixel of the input, and the region Q of outputs that it reaches, as its gradient sums over it. */
    Optional<Figure> region() {
        Optional<Gradient> found = scene.gradient(derivation, scene.input.ref());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Point pixel = reachingFarthest(found.get());
        List<Scene.Hit> hits = inside(scene.backward(found.get(), found.get().formula(), result, pixel));
        Set<Point> region = Scene.points(hits, scene.error.ref());
        if (region.isEmpty()) {
            return Optional.empty();
        }
        int cell = Wording.large(scene.input, scene.output);
        Sketch in = new Sketch(scene.input, cell)
                .cell(pixel, -1, scene.input.label(scene.input.ref().name(), pixel))
                .outline(Set.of(pixel), "the pixel");
        Sketch out = new Sketch(scene.output, cell);
        for (Point at : region) {
            out.cell(at, 1, Label.NONE);
        }
        boolean weighted = false;
        for (Scene.Hit hit : hits) {
            Point at = hit.at(scene.error.ref());
            Point weight = scene.kernel == null ? null : hit.at(scene.kernel.ref());
            if (at != null && weight != null && scene.kernel != null) {
                out.cell(
                        at,
                        scene.kernel.hue(weight),
                        scene.kernel.label(scene.kernel.ref().name(), weight));
                weighted = true;
            }
        }
        out.dashed(region, "Q");
        String entry = scene.input.entry(pixel);
        String description = entry + " reaches " + Wording.entries(scene.output, region)
                + ": the region Q, with a dashed line around it.";
        String caption = "One pixel of " + scene.input.ref() + " reaches the outputs of the dashed region Q"
                + (weighted ? ", each through the weight that stands in it" : "")
                + "; its gradient is a sum over Q." + Wording.drawnFor(scene);
        Panel panel = new Panel(entry, description, List.of(in.done(), out.done()), List.of("reaches"));
        return Optional.of(new Figure(
                Figure.Kind.REGION,
                scene.input.ref().name(),
                scene.output.ref().name(),
                "What one input pixel reaches",
                scene.sizes,
                caption,
                List.of(panel)));
    }

    /** The pixel that reaches most outputs; of equals the one nearest to the centre. */
    private Point reachingFarthest(Gradient gradient) {
        Point centre = scene.input.centre();
        return scene.input.points().stream()
                .max(Comparator.<Point>comparingInt(p -> Scene.points(
                                        inside(scene.backward(gradient, gradient.formula(), result, p)),
                                        scene.error.ref())
                                .size())
                        .thenComparing(p -> -Math.abs(p.row() - centre.row()) - Math.abs(p.column() - centre.column()))
                        .thenComparing(p -> -p.row())
                        .thenComparing(p -> -p.column()))
                .orElse(centre);
    }

    /** The error with a border of zeros, and the weights on it that each pixel's gradient multiplies it with. */
    Optional<Figure> gradient() {
        Optional<Gradient> found = scene.gradient(derivation, scene.input.ref());
        if (found.isEmpty() || scene.kernel == null) {
            return Optional.empty();
        }
        Gradient gradient = found.get();
        Set<Point> reached = new LinkedHashSet<>();
        for (Point at : result.points()) {
            reached.addAll(Scene.points(scene.backward(gradient, gradient.padded(), result, at), scene.error.ref()));
        }
        boolean bordered = reached.stream().anyMatch(p -> !scene.error.holds(p));
        Set<Point> places = new LinkedHashSet<>(List.of(
                new Point(0, 0), new Point(0, scene.input.columns() / 2), scene.input.centre(), scene.input.last()));
        List<Panel> panels = new ArrayList<>();
        for (Point at : places) {
            panels.add(gradient(gradient, at, reached));
        }
        String border = bordered ? ", zero in the dashed border around it," : "";
        String caption = "The gradient of each pixel of " + scene.input.ref() + ": the error" + border
                + " lies under the kernel, and the products are added up; in which order the weights stand is"
                + " written in the cells." + Wording.drawnFor(scene);
        return Optional.of(new Figure(
                Figure.Kind.INPUT_GRADIENT,
                scene.input.ref().name(),
                scene.output.ref().name(),
                "The backward pass for the input",
                scene.sizes,
                caption,
                panels));
    }

    private Panel gradient(Gradient gradient, Point at, Set<Point> reached) {
        Plane kernel = java.util.Objects.requireNonNull(scene.kernel);
        int cell = Wording.large(scene.input) == Sketch.LARGE ? 24 : Wording.small(scene.input);
        Sketch error = new Sketch(scene.error, cell).named("δ", false).bordered(reached, "0");
        Set<Point> under = new LinkedHashSet<>();
        List<String> pairs = new ArrayList<>();
        for (Scene.Hit hit : scene.backward(gradient, gradient.padded(), result, at)) {
            Point place = hit.at(scene.error.ref());
            Point weight = hit.at(kernel.ref());
            if (place != null && weight != null && kernel.holds(weight)) {
                under.add(place);
                error.cell(place, kernel.hue(weight), kernel.label(kernel.ref().name(), weight));
                String multiplied = scene.error.holds(place) ? scene.error.entry(place) : "the zero border";
                pairs.add(kernel.entry(weight) + " with " + multiplied);
            }
        }
        error.outline(under, "where the kernel lies");
        Grid out = new Sketch("∂E/∂" + scene.input.heading(), result, cell)
                .cell(at, -1, Label.NONE)
                .outline(Set.of(at), "the entry that this gives")
                .done();
        String entry = result.entry(at);
        return new Panel(
                entry, entry + " multiplies " + Wording.list(pairs) + ".", List.of(error.done(), out), List.of("→"));
    }

    /** Without what is read outside of its tensor. */
    private List<Scene.Hit> inside(List<Scene.Hit> hits) {
        return hits.stream()
                .filter(h -> {
                    Point at = h.at(scene.error.ref());
                    return at != null && scene.error.holds(at);
                })
                .toList();
    }
}
