package dev.adjoint.report;

import dev.adjoint.derive.Gradient;
import dev.adjoint.emit.Excerpt;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.plan.Planner;
import dev.adjoint.report.figure.Figure;
import dev.adjoint.report.figure.Figures;
import dev.adjoint.report.math.Breaking;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import dev.adjoint.report.page.Page;
import java.util.ArrayList;
import java.util.List;

/** The page of one layer: what it computes, its figures, its gradients with every step, its claims. */
public final class LayerPage {
    /** How many letters wide a formula may be that stands beside the method that computes it. */
    private static final int COLUMN = 44;

    private final LayerReport report;
    private final Layer layer;
    private final List<Figure> figures;
    private final List<Block> blocks = new ArrayList<>();
    private final Statements statements;
    private final Pictures pictures = new Pictures();

    private LayerPage(LayerReport report) {
        this.report = report;
        this.layer = report.layer();
        this.figures = Figures.of(report.derivation());
        // Where claims bear the numbers of a text, these are the numbers of the page.
        this.statements =
                new Statements(layer.claims().stream().allMatch(c -> c.label().isEmpty()));
    }

    /**
     * The page.
     *
     * @param home the address of the index over all pages, relative to the page; empty if there is none
     * @param base the name of its file without the ending; empty if it has no files beside it
     */
    public static Page of(LayerReport report, String home, String base) {
        LayerPage page = new LayerPage(report);
        page.blocks.add(new Block.Heading(1, "layer", Inline.words("Layer " + page.layer.name())));
        page.body(2);
        return new Page("Layer " + page.layer.name(), home, base, report.spec(), page.blocks);
    }

    private void body(int level) {
        Prose.paragraphs(layer.doc()).forEach(blocks::add);
        heading(level, "equation", "What it computes");
        blocks.addAll(Forward.of(layer, statements));
        figures("");
        if (!report.derivation().gradients().isEmpty()) {
            heading(level, "gradients", "Its gradients");
            upstream();
            report.derivation().gradients().forEach(g -> gradient(g, level + 1));
        }
        if (!layer.claims().isEmpty()) {
            heading(level, "claims", "Claims");
            blocks.addAll(Claims.of(report));
        }
    }

    private void heading(int level, String id, String text) {
        blocks.add(new Block.Heading(level, id, Inline.words(text)));
    }

    /** What δ is. */
    private void upstream() {
        List<Inline> words = new ArrayList<>();
        for (Tensor output : layer.outputs()) {
            Ref delta = Ref.delta(output.name(), layer.outputs().size() == 1);
            words.add(new Inline.Words(words.isEmpty() ? "E is what the network minimises. The error " : ", "));
            MathNode error = Formulas.entry(delta, List.of());
            MathNode derivative = Formulas.entry(Ref.grad(output.name()), List.of());
            // An output E of a loss is what is minimised, or a part of it.
            words.add(new Inline.Math(output.name().equals("E") ? error : Formulas.equation(error, derivative)));
        }
        words.add(new Inline.Words(" arrives from the layer after, and is constant under further derivatives."));
        blocks.add(new Block.Paragraph(words));
    }

    private void gradient(Gradient gradient, int level) {
        String name = gradient.of().name();
        List<Inline> title = List.of(
                new Inline.Words("The gradient "),
                new Inline.Math(Formulas.entry(gradient.ref(), List.of())),
                new Inline.Words(gradient.of().role() == Tensor.Role.LET ? ", on the way" : ""));
        blocks.add(new Block.Heading(level, "grad-" + name, title));
        List<Block> results = statements.results(gradient);
        List<String> method = report.source()
                .map(s -> Excerpt.computing(s, "grad" + Planner.capital(name)))
                .orElse(List.of());
        String path = report.source().map(s -> s.path()).orElse("");
        Block code = new Block.Code(
                "Emitted in " + path.substring(path.lastIndexOf('/') + 1),
                method.stream().map(Block.Code.Line::new).toList());
        boolean narrow = results.stream()
                .allMatch(b -> !(b instanceof Block.Formula f) || Breaking.widest(f.pieces()) <= COLUMN);
        if (!method.isEmpty() && narrow) {
            blocks.add(new Block.Beside(results, List.of(code)));
        } else {
            blocks.addAll(results);
            if (!method.isEmpty()) {
                blocks.add(code);
            }
        }
        blocks.addAll(statements.derivation(gradient));
        figures(name);
    }

    private void figures(String about) {
        figures.stream().filter(f -> f.about().equals(about)).forEach(f -> blocks.add(pictures.next(f)));
    }
}
