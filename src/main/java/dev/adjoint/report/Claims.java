package dev.adjoint.report;

import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Claim;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Verdict;
import dev.adjoint.report.math.Breaking;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.math.Written;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The claims of a layer with their verdicts, as blocks of a page. */
final class Claims {
    private Claims() {}

    static List<Block> of(LayerReport report) {
        List<Block> blocks = new ArrayList<>();
        for (int k = 0; k < report.layer().claims().size(); k++) {
            blocks.add(of(report, k, "claim-" + (k + 1)));
        }
        return blocks;
    }

    /** @param id a name that no other block of the page has */
    static Block of(LayerReport report, int index, String id) {
        Claim claim = report.layer().claims().get(index);
        Optional<Verdict> verdict =
                report.verdicts().stream().filter(v -> v.claim().equals(claim)).findFirst();
        List<Block> inside = new ArrayList<>();
        List<Inline> head = new ArrayList<>();
        head.add(new Inline.Strong(name(report.layer().claims(), index)));
        head.add(new Inline.Words(" "));
        verdict.ifPresent(v -> head.add(new Inline.Badge(sign(v) + " " + v.title(), style(v))));
        inside.add(new Block.Paragraph(head));
        inside.addAll(Prose.paragraphs(comment(claim)));
        named(claim).ifPresent(formula -> {
            inside.add(formula);
            inside.add(new Block.Paragraph(Inline.words("Or, with what was defined written out:")));
        });
        inside.add(formula(claim));
        inside.add(
                new Block.Paragraph(List.of(new Inline.Words("As it was written: "), new Inline.Code(claim.text()))));
        verdict.ifPresent(v -> inside.addAll(reasons(v)));
        return new Block.Framed(id, verdict.map(Claims::style).orElse("stated"), inside);
    }

    /** Its number in the text; of a claim without one its place, if no other claim has a number. */
    private static String name(List<Claim> claims, int index) {
        String label = claims.get(index).label();
        boolean numbered = claims.stream().anyMatch(c -> !c.label().isEmpty());
        return label.isEmpty() ? numbered ? "Claim" : "Claim " + (index + 1) : "(" + label + ")";
    }

    /** Without the number, which stands before it. */
    private static String comment(Claim claim) {
        String number = "(" + claim.label() + ")";
        boolean numbered = !claim.label().isEmpty() && claim.doc().startsWith(number);
        return numbered ? claim.doc().substring(number.length()).strip() : claim.doc();
    }

    /** The claim by the names of the definitions that it applies; empty if it applies none. */
    private static Optional<Block> named(Claim claim) {
        String text = claim.text().replaceFirst("^claim\\s+", "");
        Set<String> names = new HashSet<>(Written.applied(text));
        names.removeAll(Written.applied(Printer.print(claim.left()) + " = " + Printer.print(claim.right())));
        names.remove("d");
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Written.formula(text).map(node -> new Block.Formula(Breaking.pieces(node), text, ""));
    }

    private static Block formula(Claim claim) {
        List<MathNode> pieces = new ArrayList<>(
                Breaking.pieces(Formulas.equation(Formulas.of(claim.left()), Formulas.of(claim.right()))));
        pieces.addAll(Statements.forAll(claim.indices()));
        String source = Printer.print(claim.left()) + " = " + Printer.print(claim.right());
        return new Block.Formula(pieces, source, "");
    }

    private static String style(Verdict verdict) {
        return verdict.word().name().toLowerCase(Locale.ROOT);
    }

    /** Not by colour alone. */
    private static String sign(Verdict verdict) {
        return switch (verdict.word()) {
            case PROVED -> "✓";
            case TESTED -> "≈";
            case REFUTED -> "✗";
            case UNKNOWN -> "?";
        };
    }

    private static List<Block> reasons(Verdict verdict) {
        List<Block> blocks = new ArrayList<>();
        List<Inline> words = new ArrayList<>(Inline.words("Verdict: " + verdict.reason()));
        for (int k = 0; k < verdict.assumptions().size(); k++) {
            words.add(new Inline.Words(k == 0 ? ", under " : " and "));
            words.add(new Inline.Code(verdict.assumptions().get(k)));
        }
        blocks.add(new Block.Paragraph(words));
        verdict.failure().ifPresent(c -> blocks.addAll(counterexample(c)));
        verdict.mistake().ifPresent(d -> blocks.addAll(diagnosis(d)));
        return blocks;
    }

    private static List<Block> counterexample(Counterexample c) {
        List<Block> blocks = new ArrayList<>();
        String where = c.element().isEmpty() ? "" : " at " + values(c.element());
        blocks.add(new Block.Paragraph(List.of(
                new Inline.Strong("Counterexample:"),
                new Inline.Words(" for " + values(c.sizes()) + where + " the derived value is "),
                new Inline.Code(c.derived()),
                new Inline.Words(", the claimed one "),
                new Inline.Code(c.claimed()),
                new Inline.Words("."))));
        List<Block.Table.Row> rows = new ArrayList<>();
        c.tensors().forEach((name, entries) -> {
            List<Long> shape = c.shapes().getOrDefault(name, List.of());
            String extents = shape.isEmpty()
                    ? "one number"
                    : shape.stream().map(String::valueOf).collect(Collectors.joining(" × "));
            rows.add(new Block.Table.Row(List.of(
                    cell(new Inline.Code(name)),
                    cell(new Inline.Words(extents)),
                    cell(new Inline.Code(String.join(" ", entries))))));
        });
        blocks.add(new Block.Table("where the tensors hold", List.of("tensor", "shape", "entries"), rows));
        terms("Terms that are missing:", c.missing()).ifPresent(blocks::add);
        terms("Terms too many:", c.extra()).ifPresent(blocks::add);
        return blocks;
    }

    private static Block.Table.Cell cell(Inline inline) {
        return new Block.Table.Cell(List.of(inline));
    }

    private static Optional<Block> terms(String title, List<String> terms) {
        return terms.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Paragraph(List.of(
                        new Inline.Strong(title), new Inline.Words(" "), new Inline.Code(String.join(", ", terms)))));
    }

    private static String values(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<Block> diagnosis(Diagnosis d) {
        List<Block> blocks = new ArrayList<>();
        for (String mistake : d.mistakes()) {
            blocks.add(
                    new Block.Paragraph(List.of(new Inline.Strong("The mistake:"), new Inline.Words(" " + mistake))));
        }
        blocks.add(new Block.Paragraph(
                List.of(new Inline.Strong("What holds:"), new Inline.Words(" "), new Inline.Code(d.mended()))));
        return blocks;
    }
}
