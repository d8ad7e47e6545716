package dev.adjoint.report.figure;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The forward pass: the window at each place of the input, and the entry of the output that it gives. */
final class SweepFigure {
    /** More places than these are left out of the middle. */
    private static final int MOST = 9;

    private final Scene scene;

    SweepFigure(Scene scene) {
        this.scene = scene;
    }

    /** @param how in which way the window slides; empty if there is one way only */
    Figure of(String how) {
        Set<Point> reached = new LinkedHashSet<>();
        for (Point at : scene.output.points()) {
            reached.addAll(Scene.points(scene.forward(at), scene.input.ref()));
        }
        List<Point> places = places(scene.output.points());
        List<Panel> panels = new ArrayList<>();
        for (Point at : places) {
            panels.add(panel(at, reached));
        }
        String title = "The forward pass" + (how.isEmpty() ? "" : " with " + how);
        boolean bordered = reached.stream().anyMatch(p -> !scene.input.holds(p));
        String border = bordered
                ? " Dashed cells marked " + pad() + " lie outside of " + scene.input.ref() + " and are read as " + pad()
                        + "."
                : "";
        String left = places.size() < scene.output.points().size()
                ? " Shown are " + places.size() + " of its "
                        + scene.output.points().size() + " places."
                : "";
        String caption = "The window slides over " + scene.input.ref() + "; at each place it gives one entry of "
                + scene.output.ref() + "." + border + left + Wording.drawnFor(scene);
        return new Figure(Figure.Kind.FORWARD, "", scene.output.ref().name(), title, scene.sizes, caption, panels);
    }

    private static List<Point> places(List<Point> all) {
        if (all.size() <= MOST) {
            return all;
        }
        List<Point> some = new ArrayList<>(all.subList(0, MOST - 1));
        some.add(all.get(all.size() - 1));
        return some;
    }

    private Panel panel(Point at, Set<Point> reached) {
        List<Scene.Hit> hits = scene.forward(at);
        Set<Point> window = Scene.points(hits, scene.input.ref());
        int cell = Wording.small(scene.input, scene.output) + (pad().length() > 1 ? 6 : 0);
        Sketch in = new Sketch(scene.input, cell).bordered(reached, pad());
        for (Point point : window) {
            in.cell(point, 0, scene.input.holds(point) ? Label.NONE : Label.of(pad()));
        }
        in.outline(window, "the window");
        Sketch out = new Sketch(scene.output, cell).cell(at, 0, Label.NONE).outline(Set.of(at), "what it gives");
        String entry = scene.output.entry(at);
        String outside = window.stream().allMatch(scene.input::holds) ? "" : ", and the border";
        String description = entry + " is made of " + Wording.entries(scene.input, Wording.inside(scene.input, window))
                + outside + ".";
        return new Panel(entry, description, List.of(in.done(), out.done()), List.of("→"));
    }

    /** What is read outside of the input. */
    private String pad() {
        Expr pad = scene.sliding.read().pad();
        return pad == null || Exprs.isZero(pad)
                ? "0"
                : dev.adjoint.expr.Printer.print(pad).replace("-inf", "−∞");
    }
}
