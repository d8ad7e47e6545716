package dev.adjoint.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Cells in rows and columns, numbered along both, as text; its title stands in the corner.
 *
 * <pre>
 * w   0   1
 *  0  2  [1]
 *  1  0   0
 * </pre>
 *
 * @param rows labels; a single empty one for a row that needs no number
 * @param columns labels
 * @param cells a list for each row, of equal lengths; a cell's first and last character are its marks, or blanks
 */
record Grid(String title, List<String> rows, List<String> columns, List<List<String>> cells) {
    Grid {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        cells = List.copyOf(cells);
    }

    List<String> lines() {
        int margin = title.length();
        for (String row : rows) {
            margin = Math.max(margin, row.length() + 1);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(title + " ".repeat(margin - title.length()));
        for (int j = 0; j < columns.size(); j++) {
            head.append(right(columns.get(j) + " ", width(j)));
        }
        lines.add(head.toString().stripTrailing());
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder(right(rows.get(i), margin));
            for (int j = 0; j < columns.size(); j++) {
                line.append(right(cells.get(i).get(j), width(j)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        int width = columns.get(column).length() + 2;
        for (List<String> row : cells) {
            width = Math.max(width, row.get(column).length());
        }
        return width + 1;
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }

    /** Grids beside one another as long as they fit, then below. */
    static List<String> beside(List<Grid> grids, int width, String gap) {
        List<String> all = new ArrayList<>();
        List<String> band = new ArrayList<>();
        for (Grid grid : grids) {
            List<String> lines = grid.lines();
            int used = widest(band);
            if (!band.isEmpty() && used + gap.length() + widest(lines) > width) {
                all.addAll(band);
                band = new ArrayList<>();
                used = 0;
            }
            String indent = band.isEmpty() ? "" : gap;
            for (int i = 0; i < Math.max(band.size(), lines.size()); i++) {
                String left = i < band.size() ? band.get(i) : "";
                String text = i < lines.size() ? lines.get(i) : "";
                String line = left + " ".repeat(used - left.length()) + (text.isEmpty() ? "" : indent + text);
                if (i < band.size()) {
                    band.set(i, line.stripTrailing());
                } else {
                    band.add(line.stripTrailing());
                }
            }
        }
        all.addAll(band);
        return all;
    }

    private static int widest(List<String> lines) {
        return lines.stream().mapToInt(String::length).max().orElse(0);
    }
}
