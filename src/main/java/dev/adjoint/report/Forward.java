package dev.adjoint.report;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a layer computes, as blocks of a page: its tensors, its equations, what it assumes. */
final class Forward {
    private final Layer layer;

    private Forward(Layer layer) {
        this.layer = layer;
    }

    static List<Block> of(Layer layer, Statements statements) {
        Forward forward = new Forward(layer);
        List<Block> blocks = new ArrayList<>();
        blocks.add(forward.tensors());
        for (Equation equation : layer.equations()) {
            blocks.add(statements.numbered(Ref.value(equation.target().name()), equation.indices(), equation.rhs()));
        }
        blocks.addAll(forward.assumptions());
        return blocks;
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
            all.add(new Inline.Words(k == 0 ? "" : "\u00A0× "));
            all.add(new Inline.Math(sum ? new MathNode.Fence("(", ")", node) : node));
        }
        return all;
    }

    private List<Block> assumptions() {
        List<Inline> words = new ArrayList<>();
        for (Cond assumption : layer.assumptions()) {
            words.add(new Inline.Words(words.isEmpty() ? "Assumed: " : ", "));
            words.add(new Inline.Math(Formulas.of(assumption)));
        }
        if (words.isEmpty()) {
            return List.of();
        }
        words.add(new Inline.Words(". Every axis has at least one entry."));
        return List.of(new Block.Paragraph(words));
    }
}
