package dev.adjoint.report;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.report.figure.Figure;
import dev.adjoint.report.figure.Figures;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import dev.adjoint.report.page.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The page of a spec that is one argument: what it says of itself, its definitions, and its layers in order, the claims
 * of each with their numbers, comments and verdicts, each figure before the first claim about what it shows.
 */
final class SpecPage {
    private final SpecReport report;
    private final List<String> paths;
    private final List<Block> blocks = new ArrayList<>();
    private final Pictures pictures = new Pictures();
    private final Set<String> shown = new HashSet<>();

    private SpecPage(SpecReport report, List<String> paths) {
        this.report = report;
        this.paths = paths;
    }

    /**
     * The page.
     *
     * @param paths of the pages of its layers, relative to this one
     */
    static Page of(SpecReport report, String home, String base, List<String> paths) {
        SpecPage page = new SpecPage(report, paths);
        page.fill();
        return new Page(report.headline(), home, base, report.name(), page.blocks);
    }

    private void fill() {
        blocks.add(new Block.Heading(1, "spec", Inline.words(report.headline())));
        blocks.addAll(Prose.paragraphs(Prose.rest(report.doc())));
        if (!report.definitions().isEmpty()) {
            blocks.add(new Block.Heading(2, "definitions", Inline.words("Definitions")));
            report.definitions().forEach(this::definition);
        }
        for (int k = 0; k < report.layers().size(); k++) {
            layer(report.layers().get(k), paths.get(k));
        }
    }

    private void definition(SpecFile.Definition definition) {
        blocks.addAll(Prose.paragraphs(definition.doc()));
        blocks.add(new Block.Code("", List.of(new Block.Code.Line(definition.text()))));
    }

    private void layer(LayerReport each, String path) {
        Layer layer = each.layer();
        blocks.add(new Block.Heading(2, "layer-" + layer.name(), Inline.words(layer.name())));
        blocks.addAll(Prose.paragraphs(layer.doc()));
        blocks.addAll(Forward.of(layer, new Statements(false)));
        List<Figure> figures = new ArrayList<>(Figures.of(each.derivation()));
        show(figures, layer, Set.of(""));
        for (int k = 0; k < layer.claims().size(); k++) {
            show(figures, layer, about(layer, layer.claims().get(k)));
            blocks.add(Claims.of(each, k, layer.name() + "-claim-" + (k + 1)));
        }
        if (!each.derivation().gradients().isEmpty()) {
            blocks.add(new Block.Paragraph(List.of(
                    new Inline.Words("Every step of its gradients, and what is emitted for them: "),
                    new Inline.Link("layer " + layer.name(), path),
                    new Inline.Words("."))));
        }
    }

    /** The figures about these tensors; what was shown of a layer before is not shown again. */
    private void show(List<Figure> figures, Layer layer, Set<String> about) {
        for (Figure figure : List.copyOf(figures)) {
            if (about.contains(figure.about())) {
                figures.remove(figure);
                String key = figure.kind() + (isOfEachLayer(figure, layer) ? figure.title() + layer.name() : "");
                if (shown.add(key)) {
                    blocks.add(pictures.next(figure));
                }
            }
        }
    }

    /** Whether it shows what other layers do otherwise: how they slide, how they route. */
    private static boolean isOfEachLayer(Figure figure, Layer layer) {
        boolean pools = layer.given().size() == 1;
        return figure.kind() == Figure.Kind.ROUTING || figure.kind() == Figure.Kind.FORWARD && pools;
    }

    /**
     * The tensors whose gradients a claim states, or derivatives by them; with each also those that are computed of it
     * entry by entry, whose figures are the same.
     */
    private static Set<String> about(Layer layer, Claim claim) {
        Set<String> names = new LinkedHashSet<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read r && r.ref().kind() == Ref.Kind.GRAD) {
                    names.add(r.ref().name());
                }
                if (e instanceof Expr.Deriv d) {
                    names.add(d.ref().name());
                }
                return super.expr(e);
            }
        }.expr(claim.left());
        for (Equation equation : layer.equations()) {
            if (names.stream().anyMatch(name -> readsPlainly(equation, name))) {
                names.add(equation.target().name());
            }
        }
        return names;
    }

    private static boolean readsPlainly(Equation equation, String tensor) {
        List<Expr.Read> reads = new ArrayList<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read r) {
                    reads.add(r);
                }
                return super.expr(e);
            }
        }.expr(equation.rhs());
        return reads.size() == 1
                && reads.get(0).ref().equals(Ref.value(tensor))
                && reads.get(0)
                        .index()
                        .equals(equation.indices().stream().map(Range::index).toList());
    }
}
