package dev.adjoint.report;

import dev.adjoint.derive.Gradient;
import dev.adjoint.emit.Excerpt;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.plan.Planner;
import dev.adjoint.report.figure.Draughtsman;
import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.figure.Figure;
import dev.adjoint.report.figure.Figures;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import dev.adjoint.report.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page of one layer: what it computes, its figures, its gradients with every step, its claims. */
public final class LayerPage {
    /** As wide as a figure may be that is printed in one piece. */
    private static final int WIDEST = 640;

    private final LayerReport report;
    private final Layer layer;
    private final List<Figure> figures;
    private final List<Block> blocks = new ArrayList<>();
    private final Statements statements = new Statements();
    private int figure;

    private LayerPage(LayerReport report) {
        this.report = report;
        this.layer = report.layer();
        this.figures = Figures.of(report.derivation());
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
        blocks.add(tensors());
        layer.equations().forEach(this::equation);
        assumptions();
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

    private Block tensors() {
        List<Block.Table.Row> rows = new ArrayList<>();
        for (Tensor tensor : layer.tensors()) {
            rows.add(new Block.Table.Row(List.of(
                    cell(new Inline.Math(Formulas.name(tensor.name()))),
                    new Block.Table.Cell(role(tensor)),
                    new Block.Table.Cell(shape(tensor)))));
        }
        String sizes = layer.sizes().stream().map(Size::name).collect(Collectors.joining(", "));
        return new Block.Table(
                sizes.isEmpty() ? "Tensors" : "Tensors, over the sizes " + sizes,
                List.of("tensor", "role", "shape"),
                rows);
    }

    private static Block.Table.Cell cell(Inline inline) {
        return new Block.Table.Cell(List.of(inline));
    }

    private static List<Inline> role(Tensor tensor) {
        List<Inline> words = new ArrayList<>(Inline.words(
                switch (tensor.role()) {
                    case INPUT -> "input";
                    case PARAM -> "parameter, learned";
                    case CONST -> tensor.isInteger() ? "given, integers below " : "given";
                    case LET -> "intermediate";
                    case OUTPUT -> "output";
                }));
        tensor.limit().ifPresent(limit -> words.add(new Inline.Math(Formulas.of(limit))));
        return words;
    }

    /** The extents, each a formula by itself: a line may end between them. */
    private static List<Inline> shape(Tensor tensor) {
        if (tensor.shape().isEmpty()) {
            return Inline.words("one number");
        }
        List<Inline> all = new ArrayList<>();
        for (int k = 0; k < tensor.shape().size(); k++) {
            IntExpr extent = tensor.shape().get(k);
            MathNode node = Formulas.of(extent);
            boolean sum = extent.terms().size() > 1 && tensor.shape().size() > 1;
            List<MathNode> items = new ArrayList<>(List.of(sum ? new MathNode.Fence("(", ")", node) : node));
            if (k < tensor.shape().size() - 1) {
                items.add(new MathNode.Op(MathNode.Op.Kind.BINARY, "×"));
            }
            all.add(new Inline.Math(new MathNode.Row(items)));
            all.add(new Inline.Words(" "));
        }
        return all;
    }

    private void equation(Equation equation) {
        Ref ref = Ref.value(equation.target().name());
        blocks.add(statements.numbered(ref, equation.indices(), equation.rhs()));
    }

    private void assumptions() {
        List<Inline> words = new ArrayList<>();
        for (Cond assumption : layer.assumptions()) {
            words.add(new Inline.Words(words.isEmpty() ? "Assumed: " : ", "));
            words.add(new Inline.Math(Formulas.of(assumption)));
        }
        if (!words.isEmpty()) {
            words.add(new Inline.Words(". Every axis has at least one entry."));
            blocks.add(new Block.Paragraph(words));
        }
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
        if (method.isEmpty()) {
            blocks.addAll(results);
        } else {
            String path = report.source().map(s -> s.path()).orElse("");
            String file = path.substring(path.lastIndexOf('/') + 1);
            blocks.add(new Block.Beside(
                    results,
                    List.of(new Block.Code(
                            "Emitted in " + file,
                            method.stream().map(Block.Code.Line::new).toList()))));
        }
        blocks.addAll(statements.derivation(gradient));
        figures(name);
    }

    private void figures(String about) {
        for (Figure each : figures) {
            if (each.about().equals(about)) {
                figure++;
                String id = "figure-" + figure;
                List<Drawing> drawings = new ArrayList<>();
                for (int k = 0; k < each.panels().size(); k++) {
                    drawings.add(
                            Draughtsman.draw(id + "-" + (k + 1), each.panels().get(k)));
                }
                blocks.add(new Block.Picture(
                        id,
                        "Figure " + figure + ": " + each.title(),
                        each.caption(),
                        drawings,
                        Draughtsman.draw(id, each, WIDEST)));
            }
        }
    }
}
