package dev.adjoint.report;

import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.report.math.Breaking;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import java.util.ArrayList;
import java.util.List;

/** Equations and derivations as blocks of a page, equations numbered in order if the page has no other numbers. */
final class Statements {
    private final boolean numbering;
    private int number;

    Statements(boolean numbering) {
        this.numbering = numbering;
    }

    /** {@code T[indices] = right}, with the next number if there are any. */
    Block.Formula numbered(Ref left, List<Range> indices, Expr right) {
        number++;
        return equation(left, indices, right, numbering ? String.valueOf(number) : "");
    }

    private static Block.Formula equation(Ref left, List<Range> indices, Expr right, String number) {
        List<IntExpr> at = indices.stream().map(Range::index).toList();
        List<MathNode> pieces =
                new ArrayList<>(Breaking.pieces(Formulas.equation(Formulas.entry(left, at), Formulas.of(right))));
        pieces.addAll(forAll(indices));
        String ranges = indices.isEmpty() ? "" : " for " + Printer.ranges(indices);
        return new Block.Formula(
                pieces, Printer.print(Exprs.read(left, at)) + " = " + Printer.print(right) + ranges, number);
    }

    /** {@code for 0 ≤ i < n, 0 ≤ j < m}, a piece for each index. */
    static List<MathNode> forAll(List<Range> indices) {
        List<MathNode> pieces = new ArrayList<>();
        for (int k = 0; k < indices.size(); k++) {
            List<MathNode> items = new ArrayList<>();
            if (k == 0) {
                items.add(new MathNode.Words("for "));
            }
            items.add(Formulas.of(indices.get(k)));
            if (k < indices.size() - 1) {
                items.add(MathNode.Op.COMMA);
            }
            pieces.add(new MathNode.Row(items));
        }
        return pieces;
    }

    /** The result in each of its forms, and in words. */
    List<Block> results(Gradient gradient) {
        List<Block> blocks = new ArrayList<>();
        Ref left = gradient.ref();
        blocks.add(numbered(left, gradient.indices(), gradient.formula()));
        Reindexing.region(gradient).ifPresent(region -> {
            blocks.add(words("The same sum, over the region Q of outputs that the entry reaches:"));
            blocks.add(numbered(left, gradient.indices(), region));
        });
        if (!gradient.padded().equals(gradient.formula())) {
            blocks.add(words("The same, zero where it leaves its tensor:"));
            blocks.add(numbered(left, gradient.indices(), gradient.padded()));
        }
        Reindexing.flipped(gradient).ifPresent(flipped -> {
            blocks.add(words("The same sum with the kernel flipped, a cross-correlation:"));
            blocks.add(numbered(left, gradient.indices(), flipped));
        });
        for (String words : gradient.words()) {
            blocks.add(new Block.Paragraph(List.of(
                    new Inline.Strong("In words:"),
                    new Inline.Words(" " + words.replaceAll("\\bdelta\\b", "δ") + "."))));
        }
        return blocks;
    }

    private static Block words(String text) {
        return new Block.Paragraph(Inline.words(text));
    }

    /** From the chain rule to the clamped form, and from where they part to the zero-padded one. */
    List<Block> derivation(Gradient gradient) {
        List<Block> blocks = new ArrayList<>();
        List<IntExpr> at = gradient.indices().stream().map(Range::index).toList();
        MathNode left = Formulas.entry(gradient.ref(), at);
        String name = Printer.print(Exprs.read(gradient.ref(), at));
        String count =
                gradient.steps().size() == 1 ? "1 step" : gradient.steps().size() + " steps";
        String rule =
                "chain rule over every equation that reads " + gradient.of().name();
        List<Block> all = new ArrayList<>();
        all.add(chain(left, name, gradient.raw(), rule, gradient.steps()));
        int shared = 0;
        while (shared < Math.min(gradient.steps().size(), gradient.paddedSteps().size())
                && gradient.steps().get(shared).equals(gradient.paddedSteps().get(shared))) {
            shared++;
        }
        List<Step> padding =
                gradient.paddedSteps().subList(shared, gradient.paddedSteps().size());
        if (!padding.isEmpty() && !gradient.padded().equals(gradient.formula())) {
            all.add(words("Or with zero padding instead:"));
            all.add(chain(left, name, padding.get(0).before(), "as above", padding));
        }
        blocks.add(new Block.Fold("Derivation, " + count, all));
        return blocks;
    }

    /** A formula and what it becomes, step by step. */
    private static Block chain(MathNode left, String name, Expr first, String rule, List<Step> steps) {
        List<Chain.Line> chain = Chain.of(first, steps);
        List<Block.Step> lines = new ArrayList<>();
        for (int k = 0; k < chain.size(); k++) {
            Chain.Line line = chain.get(k);
            MathNode math = k == 0
                    ? Formulas.equation(left, line.math())
                    : new MathNode.Row(List.of(MathNode.Op.EQUALS, line.math()));
            Block.Formula formula =
                    new Block.Formula(Breaking.pieces(math), (k == 0 ? name + " = " : "= ") + line.text(), "");
            lines.add(
                    k == 0
                            ? new Block.Step(formula, rule, "", "")
                            : new Block.Step(
                                    formula,
                                    steps.get(k - 1).rule(),
                                    steps.get(k - 1).law(),
                                    steps.get(k - 1).condition()));
        }
        return new Block.Steps(lines);
    }
}
