package dev.adjoint.report;

import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import dev.adjoint.report.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The index over all layers: what each computes, how many gradients it has, how its claims stand. */
final class IndexPage {
    private IndexPage() {}

    /**
     * A spec and where its pages are, relative to the index.
     *
     * @param whole the page of the spec itself; empty if it has none
     * @param paths of the pages of its layers, in their order
     */
    record Entry(SpecReport spec, String whole, List<String> paths) {}

    static Page of(List<Entry> entries) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, "layers", Inline.words("All layers")));
        for (int s = 0; s < entries.size(); s++) {
            Entry entry = entries.get(s);
            blocks.add(new Block.Heading(
                    2, "spec-" + (s + 1), List.of(new Inline.Code(entry.spec().name()))));
            if (!entry.whole().isEmpty()) {
                blocks.add(new Block.Paragraph(List.of(
                        new Inline.Words("The whole argument, in order: "),
                        new Inline.Link(entry.spec().headline(), entry.whole()))));
            }
            List<Block.Table.Row> rows = new ArrayList<>();
            for (int k = 0; k < entry.paths().size(); k++) {
                rows.add(row(entry.spec().layers().get(k), entry.paths().get(k)));
            }
            blocks.add(new Block.Table("", List.of("layer", "what it computes", "gradients", "claims"), rows));
        }
        String all = entries.size() == 1 ? entries.get(0).spec().name() : entries.size() + " specs";
        return new Page("All layers", "", "", all, blocks);
    }

    private static Block.Table.Row row(LayerReport report, String path) {
        Layer layer = report.layer();
        List<Inline> what = new ArrayList<>(Inline.prose(Prose.summary(layer.doc())));
        for (Equation equation : layer.equations()) {
            what.add(new Inline.Words(what.isEmpty() ? "" : " "));
            what.add(new Inline.Math(Formulas.equation(
                    Formulas.entry(
                            Ref.value(equation.target().name()),
                            equation.indices().stream().map(Range::index).toList()),
                    Formulas.of(equation.rhs()))));
        }
        String gradients =
                report.derivation().gradients().stream().map(g -> g.of().name()).collect(Collectors.joining(", "));
        return new Block.Table.Row(List.of(
                new Block.Table.Cell(List.of(new Inline.Link(layer.name(), path))),
                new Block.Table.Cell(what),
                new Block.Table.Cell(Inline.words(gradients.isEmpty() ? "none" : gradients)),
                new Block.Table.Cell(claims(report))));
    }

    private static List<Inline> claims(LayerReport report) {
        if (report.verdicts().isEmpty()) {
            return Inline.words(String.valueOf(report.layer().claims().size()));
        }
        List<Inline> words = new ArrayList<>();
        for (Word word : Word.values()) {
            long count = report.verdicts().stream()
                    .map(Verdict::word)
                    .filter(word::equals)
                    .count();
            if (count > 0) {
                words.add(new Inline.Words(words.isEmpty() ? "" : ", "));
                words.add(new Inline.Badge(count + "\u00A0" + word, word.name().toLowerCase(java.util.Locale.ROOT)));
            }
        }
        return words;
    }
}
