package dev.adjoint.report.figure;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Ref;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the weights of a layer do: who shares them, where each of them reaches, and where its gradient comes from. */
final class WeightFigures {
    /** More weights than these are left out of the middle. */
    private static final int MOST = 9;

    private final Scene scene;
    private final Derivation derivation;
    private final Plane kernel;
    private final String w;

    WeightFigures(Scene scene, Derivation derivation) {
        this.scene = scene;
        this.derivation = derivation;
        this.kernel = Objects.requireNonNull(scene.kernel);
        this.w = kernel.ref().name();
    }

    private String about() {
        return scene.gradient(derivation, kernel.ref()).isPresent() ? w : "";
    }

    /** Two entries of the output, each with the patch of the input that it sees and the weights in it. */
    Optional<Figure> receptiveField() {
        Point first = new Point(0, 0);
        Point second = new Point(scene.output.rows() / 2, scene.output.columns() - 1);
        List<Panel> panels = new ArrayList<>();
        for (Point at : new LinkedHashSet<>(List.of(first, second))) {
            List<Scene.Hit> hits = scene.forward(at);
            int cell = Wording.large(scene.input, scene.output);
            Sketch in = new Sketch(scene.input, cell);
            Set<Point> patch = new LinkedHashSet<>();
            List<String> pairs = new ArrayList<>();
            for (Scene.Hit hit : hits) {
                Point pixel = hit.at(scene.input.ref());
                Point weight = hit.at(kernel.ref());
                if (pixel != null && weight != null) {
                    patch.add(pixel);
                    in.cell(pixel, kernel.hue(weight), kernel.label(w, weight));
                    pairs.add(kernel.entry(weight) + " with " + scene.input.entry(pixel));
                }
            }
            in.outline(patch, "the receptive field");
            Grid weights = new Sketch(kernel, cell).named(w, true).done();
            Grid out = new Sketch(scene.output, cell)
                    .cell(at, -1, scene.output.label(scene.output.ref().name(), at))
                    .outline(Set.of(at), "the unit")
                    .done();
            String entry = scene.output.entry(at);
            panels.add(new Panel(
                    entry,
                    entry + " multiplies " + Wording.list(pairs) + ".",
                    List.of(in.done(), weights, out),
                    List.of("and", "give")));
        }
        String caption = "Each entry of " + scene.output.ref() + " sees one patch of " + scene.input.ref()
                + ", its receptive field, and all of them share the same weights: equal colours and labels are equal"
                + " weights." + Wording.drawnFor(scene);
        return Optional.of(new Figure(
                Figure.Kind.RECEPTIVE_FIELD,
                "",
                scene.output.ref().name(),
                "Receptive fields and shared weights",
                scene.sizes,
                caption,
                panels));
    }

    /** The kernel, and the kernel flipped along every spatial axis. */
    Optional<Figure> kernel() {
        Panel panel = flipped(kernel, w, "the kernel");
        String caption = kernel.isLine()
                ? "The kernel, and the kernel flipped: the last weight first."
                : "The kernel, and the kernel flipped horizontally and vertically, which is a rotation by 180°.";
        return Optional.of(new Figure(
                Figure.Kind.KERNEL,
                "",
                scene.output.ref().name(),
                "The kernel and the flipped kernel",
                scene.sizes,
                caption + Wording.drawnFor(scene),
                List.of(panel)));
    }

    /** The error that arrives at the output, and the same flipped. */
    Optional<Figure> error() {
        Panel panel = flipped(scene.error, "δ", "the error");
        String caption = scene.error.isLine()
                ? "The error, and the error flipped."
                : "The error, and the error flipped horizontally and vertically.";
        return Optional.of(new Figure(
                Figure.Kind.ERROR,
                about(),
                scene.output.ref().name(),
                "The error and the flipped error",
                scene.sizes,
                caption + Wording.drawnFor(scene),
                List.of(panel)));
    }

    private static Panel flipped(Plane plane, String name, String what) {
        int cell = Wording.large(plane);
        Sketch flipped = new Sketch(plane.isLine() ? "flipped" : "rot180(" + plane.heading() + ")", plane, cell);
        for (Point point : plane.points()) {
            Point from = new Point(plane.rows() - 1 - point.row(), plane.columns() - 1 - point.column());
            flipped.cell(point, plane.hue(from), plane.label(name, from));
        }
        String description = what + " with " + plane.entry(new Point(0, 0)) + " first, and flipped with "
                + plane.entry(plane.last()) + " first.";
        return new Panel(
                capital(what) + " and its flip",
                capital(description),
                List.of(new Sketch(plane, cell).named(name, true).done(), flipped.done()),
                List.of("→"));
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    /** One weight: with which entry of the input it is multiplied for each entry of the output. */
    Optional<Figure> oneWeight() {
        Point weight = new Point(kernel.rows() / 2, kernel.columns() - 1);
        int cell = Wording.large(scene.input, scene.output);
        Sketch in = new Sketch(scene.input, cell);
        Sketch out = new Sketch(scene.output, cell);
        Set<Point> read = new LinkedHashSet<>();
        Set<Point> reached = new LinkedHashSet<>();
        String name = scene.input.ref().name();
        for (Point at : scene.output.points()) {
            for (Scene.Hit hit : scene.forward(at)) {
                Point pixel = hit.at(scene.input.ref());
                if (pixel != null && weight.equals(hit.at(kernel.ref()))) {
                    reached.add(at);
                    read.add(pixel);
                    out.cell(at, scene.output.hue(at), scene.input.label(name, pixel));
                    in.cell(pixel, scene.output.hue(at), scene.input.label(name, pixel));
                }
            }
        }
        in.outline(read, "what the weight is multiplied with");
        Grid weights = new Sketch(kernel, cell)
                .named(w, false)
                .outline(Set.of(weight), "the weight")
                .done();
        boolean all = reached.size() == scene.output.points().size();
        String entry = kernel.entry(weight);
        String description = entry + " is multiplied with " + Wording.entries(scene.input, read) + ", and so reaches "
                + (all ? "every entry of " + scene.output.ref() : Wording.entries(scene.output, reached)) + ".";
        String caption = "One weight reaches " + (all ? "every entry" : "entries") + " of " + scene.output.ref()
                + ": what stands in an entry of " + scene.output.ref() + " is what the weight is multiplied with there,"
                + " the derivative of that entry by the weight." + Wording.drawnFor(scene);
        Panel panel = new Panel(entry, description, List.of(weights, in.done(), out.done()), List.of("times", "in"));
        return Optional.of(new Figure(
                Figure.Kind.ONE_WEIGHT,
                about(),
                scene.output.ref().name(),
                "What one weight reaches",
                scene.sizes,
                caption,
                List.of(panel)));
    }

    /** The gradient of each weight: the input, where the error lies on it, and the entry that this gives. */
    Optional<Figure> gradient() {
        Optional<Gradient> found = scene.gradient(derivation, kernel.ref());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Plane result = new Plane(Ref.grad(w), kernel.axes(), kernel.shape());
        Set<Point> bordered = new LinkedHashSet<>();
        for (Point at : result.points()) {
            bordered.addAll(
                    Scene.points(scene.backward(found.get(), found.get().padded(), result, at), scene.input.ref()));
        }
        List<Panel> panels = new ArrayList<>();
        List<Point> places = result.points();
        for (int k = 0; k < places.size(); k++) {
            if (k < MOST - 1 || k == places.size() - 1) {
                panels.add(gradient(found.get(), result, places.get(k), bordered));
            }
        }
        String caption = "The gradient of each weight: the error lies on the input, shifted by the place of the weight,"
                + " and the products are added up." + Wording.drawnFor(scene);
        return Optional.of(new Figure(
                Figure.Kind.WEIGHT_GRADIENT,
                about(),
                scene.output.ref().name(),
                "The backward pass for the weights",
                scene.sizes,
                caption,
                panels));
    }

    private Panel gradient(Gradient gradient, Plane result, Point at, Set<Point> bordered) {
        int cell = scene.output.points().size() <= Plane.HUES && Wording.large(scene.input) == Sketch.LARGE
                ? 24
                : Wording.small(scene.input);
        Sketch in = new Sketch(scene.input, cell).bordered(bordered, "0");
        Set<Point> under = new LinkedHashSet<>();
        List<String> pairs = new ArrayList<>();
        for (Scene.Hit hit : scene.backward(gradient, gradient.padded(), result, at)) {
            Point error = hit.at(scene.error.ref());
            Point pixel = hit.at(scene.input.ref());
            if (error != null && pixel != null) {
                under.add(pixel);
                in.cell(pixel, scene.error.hue(error), scene.error.label("δ", error));
                pairs.add(scene.error.entry(error) + " with " + scene.input.entry(pixel));
            }
        }
        in.outline(under, "where the error lies");
        Grid out = new Sketch("∂E/∂" + kernel.heading(), result, cell)
                .cell(at, -1, Label.NONE)
                .outline(Set.of(at), "the entry that this gives")
                .done();
        String entry = result.entry(at);
        return new Panel(
                entry, entry + " multiplies " + Wording.list(pairs) + ".", List.of(in.done(), out), List.of("→"));
    }
}
