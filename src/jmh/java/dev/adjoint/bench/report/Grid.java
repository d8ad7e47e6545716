package dev.adjoint.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table in Markdown whose columns line up, numbers at the right. */
final class Grid {
    private final int words;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table of a head alone.
     *
     * @param words how many columns hold words, and so stand at the left
     */
    Grid(int words, List<String> head) {
        this.words = words;
        rows.add(List.copyOf(head));
    }

    void add(List<String> row) {
        if (row.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    row.size() + " cells below " + rows.get(0).size());
        }
        rows.add(List.copyOf(row));
    }

    /** The table, every line ended. */
    String markdown() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(c -> Math.max(
                        3, rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0)))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                String cell = rows.get(r).get(c);
                String space = " ".repeat(widths[c] - cell.length());
                text.append("| ")
                        .append(c < words ? cell + space : space + cell)
                        .append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int c = 0; c < columns; c++) {
                    String line = "-".repeat(widths[c] - 1);
                    text.append("| ")
                            .append(c < words ? line + "-" : line + ":")
                            .append(' ');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
