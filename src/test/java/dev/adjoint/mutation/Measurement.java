package dev.adjoint.mutation;

import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a judge makes of edited claims, counted by the kind of edit. A mistake counts as named if a diagnosis is given and
 * the right-hand side that it mends has, by exact evaluation, the true value; where it is the true one by an identity of
 * exp or the like, which random functions do not have, by evaluation in double.
 */
final class Measurement {
    /** What becomes of wrong claims of one kind. */
    private static final class Row {
        private int drawn;
        private int refuted;
        private int named;
        private int mendedWrongly;
        private int proved;
        private int unknown;
        private final List<Double> milliseconds = new ArrayList<>();
    }

    private final Judge judge;
    private final ValueChange change;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Row total = new Row();
    private final Map<String, Integer> stillTrue = new TreeMap<>();
    private final List<String> unnamed = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int undecided;
    private int manyMistakes;

    Measurement(Judge judge, ValueChange change) {
        this.judge = judge;
        this.change = change;
    }

    /** Judges one claim; true if it is a wrong one, which counts. */
    boolean add(Mutant mutant, long seed) {
        Answer answer = change.of(mutant);
        if (answer.change() == Change.UNDECIDED) {
            undecided++;
            return false;
        }
        long start = System.nanoTime();
        Verdict verdict = judge.judge(mutant.layer(), mutant.claim());
        double milliseconds = (System.nanoTime() - start) / 1e6;
        Soundness.complaint(mutant, answer, verdict, seed).ifPresent(wrong::add);
        if (answer.change() == Change.KEEPS) {
            stillTrue.merge(verdict.word().toString(), 1, Integer::sum);
            return false;
        }
        Optional<Boolean> named = verdict.mistake().map(d -> isMended(mutant, d));
        if (named.isPresent()
                && verdict.mistake().orElseThrow().mistakes().size()
                        > mutant.edits().size()) {
            manyMistakes++;
        }
        for (String kind : mutant.edits().stream().map(Edit::kind).distinct().toList()) {
            count(rows.computeIfAbsent(kind, k -> new Row()), verdict, named, milliseconds);
        }
        count(total, verdict, named, milliseconds);
        if (!named.orElse(false)) {
            String mended = verdict.mistake()
                    .map(d -> "   mended wrongly: " + d.mended())
                    .orElse("");
            unnamed.add(verdict.title() + "  " + mutant + mended);
        }
        return true;
    }

    private static void count(Row row, Verdict verdict, Optional<Boolean> named, double milliseconds) {
        row.drawn++;
        row.refuted += verdict.word() == Word.REFUTED ? 1 : 0;
        row.proved += verdict.word() == Word.PROVED || verdict.word() == Word.TESTED ? 1 : 0;
        row.unknown += verdict.word() == Word.UNKNOWN ? 1 : 0;
        row.named += named.orElse(false) ? 1 : 0;
        row.mendedWrongly += named.orElse(true) ? 0 : 1;
        row.milliseconds.add(milliseconds);
    }

    /** Whether what a diagnosis offers is the true right-hand side. */
    private boolean isMended(Mutant mutant, Diagnosis diagnosis) {
        try {
            return mutant.seed()
                    .read(TreeReader.read(diagnosis.mended()))
                    .map(layer ->
                            change.of(mutant.seed(), layer.claims().get(0)).change() != Change.CHANGES)
                    .orElse(false);
        } catch (IllegalArgumentException noExpression) {
            return false;
        }
    }

    /** Verdicts that are wrong. */
    List<String> wrong() {
        return wrong;
    }

    /** Wrong claims whose mistake was not named. */
    List<String> unnamed() {
        return unnamed;
    }

    String table(String title) {
        StringBuilder text = new StringBuilder(title + "\n");
        text.append(String.format(
                Locale.ROOT,
                "%-28s %6s %8s %6s %8s %8s %8s %8s %7s %9s%n",
                "kind of edit",
                "drawn",
                "refuted",
                "named",
                "unnamed",
                "mended",
                "proved",
                "unknown",
                "named",
                "median"));
        text.append(String.format(Locale.ROOT, "%60s %8s %8s %16s %9s%n", "", "wrongly", "wrongly", "%", "ms"));
        rows.forEach((kind, row) -> text.append(line(kind, row)));
        text.append(line("all", total));
        text.append("still true at all sizes looked at: " + stillTrue + "; undecided by evaluation, not counted: "
                + undecided
                + "; named with more mistakes than edits: " + manyMistakes + "; wrong verdicts: " + wrong.size()
                + "\n");
        return text.toString();
    }

    private static String line(String kind, Row row) {
        List<Double> times = row.milliseconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%-28s %6d %8d %6d %8d %8d %8d %8d %7.1f %9.1f%n",
                kind,
                row.drawn,
                row.refuted,
                row.named,
                row.drawn - row.named,
                row.mendedWrongly,
                row.proved,
                row.unknown,
                row.drawn == 0 ? 0 : 100.0 * row.named / row.drawn,
                times.isEmpty() ? 0 : times.get(times.size() / 2));
    }
}
