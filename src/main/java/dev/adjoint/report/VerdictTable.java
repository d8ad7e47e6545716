package dev.adjoint.report;

import dev.adjoint.prove.Word;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Verdicts as a table, a row a statement, in the order in which they come; beneath proofs, what they assume.
 *
 * <pre>
 * PROVED   Conv2d  grad w[d,c,k,l] = sum[i, j](…)  conv.layer:21
 *          if K1 &lt;= H, K2 &lt;= W
 * REFUTED  Conv2d  grad o[c,p,q] = sum[d, k, l](…)  conv.layer:22
 * </pre>
 */
public final class VerdictTable {
    private static final int WIDEST = 64;

    private VerdictTable() {}

    /**
     * All rows.
     *
     * @param base what the names of files are shown relative to, if they are below it
     * @param times whether each row says how long it took
     */
    public static String of(List<Judgement> judgements, Path base, boolean times) {
        int title = width(judgements.stream().map(Judgement::title).toList());
        int layer = width(judgements.stream().map(j -> j.layer().name()).toList());
        int statement = width(judgements.stream().map(VerdictTable::statement).toList());
        int place = width(judgements.stream().map(j -> place(j, base)).toList());
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < judgements.size(); k++) {
            Judgement each = judgements.get(k);
            String row = pad(each.title(), title)
                    + pad(each.layer().name(), layer)
                    + pad(statement(each), statement)
                    + pad(place(each, base), place)
                    + (times ? each.time().toMillis() + " ms" : "");
            text.append(row.stripTrailing()).append('\n');
            boolean last = k + 1 == judgements.size() || !isLike(each, judgements.get(k + 1));
            if (last) {
                rests(each)
                        .forEach(line ->
                                text.append(" ".repeat(title + 2)).append(line).append('\n'));
            }
        }
        return text.toString();
    }

    /** What a row that holds rests on, in lines; those of neighbours that rest on the same are shown once. */
    private static List<String> rests(Judgement judgement) {
        List<String> lines = new ArrayList<>();
        if (judgement.word() == Word.PROVED || judgement.word() == Word.TESTED) {
            if (!judgement.assumptions().isEmpty()) {
                lines.add("if " + String.join(", ", judgement.assumptions()));
            }
            judgement.question().granted().forEach(taken -> lines.add("given: " + taken));
        }
        return lines;
    }

    private static boolean isLike(Judgement a, Judgement b) {
        return a.layer().name().equals(b.layer().name()) && rests(a).equals(rests(b));
    }

    /** {@code 4 claims: 3 proved, 1 refuted}, or {@code 4 claims, all proved}. */
    public static String summary(List<Judgement> judgements) {
        Map<Word, Integer> counts = new EnumMap<>(Word.class);
        judgements.forEach(j -> counts.merge(j.word(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((word, n) -> parts.add(n + " " + word.toString().toLowerCase(Locale.ROOT)));
        String all = judgements.size() == 1 ? "1 claim" : judgements.size() + " claims";
        if (counts.size() == 1) {
            return all
                    + (judgements.size() == 1 ? ", " : ", all ")
                    + counts.keySet().iterator().next().toString().toLowerCase(Locale.ROOT);
        }
        return parts.isEmpty() ? all : all + ": " + String.join(", ", parts);
    }

    private static String statement(Judgement judgement) {
        String label = judgement.question().label().isEmpty()
                ? ""
                : "(" + judgement.question().label() + ") ";
        return label + Elision.of(judgement.question().statement(), WIDEST - label.length());
    }

    private static String place(Judgement judgement, Path base) {
        String file = judgement.place().file();
        try {
            Path absolute = Path.of(file).toAbsolutePath().normalize();
            Path root = base.toAbsolutePath().normalize();
            file = absolute.startsWith(root)
                    ? root.relativize(absolute).toString().replace('\\', '/')
                    : file;
        } catch (InvalidPathException library) {
            // Its name is no path, and is shown as it is.
        }
        return file + ":" + judgement.place().line();
    }

    private static int width(List<String> cells) {
        return cells.stream()
                .mapToInt(c -> c.codePointCount(0, c.length()))
                .max()
                .orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.codePointCount(0, text.length()) + 2);
    }
}
