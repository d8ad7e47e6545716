package dev.adjoint.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The ratios as a chart in SVG: a row for each pass, a dot for each contender, at the logarithm of how many times faster
 * than the baseline it is. The baseline is the line at 1.
 */
public final class Chart {
    private static final int LEFT = 150;
    private static final int WIDTH = 960;
    private static final int RIGHT = 24;
    private static final int ROW = 15;
    private static final int GAP = 8;

    /** Colours that the colour-blind tell apart (Okabe & Ito 2008), the same in every chart. */
    private static final Map<String, String> COLOURS = Map.of(
            "nest", "#999999",
            "portable", "#d55e00",
            "vector", "#e69f00",
            "im2col", "#56b4e9",
            "onednn", "#0072b2",
            "onednn-bare", "#009e73",
            "libtorch", "#cc79a7");

    private final Results results;
    private final List<String> contenders;
    private final double least;
    private final double most;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Results results) {
        this.results = results;
        this.contenders = results.contenders().keySet().stream()
                .filter(c -> !c.equals(results.baseline()))
                .filter(c -> results.cells().stream()
                        .anyMatch(cell -> results.ratio(cell, c).isPresent()))
                .toList();
        double[] ratios = results.cells().stream()
                .flatMapToDouble(cell -> contenders.stream()
                        .map(c -> results.ratio(cell, c))
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble))
                .toArray();
        this.least = edge(Arrays.stream(ratios).min().orElse(1), false);
        this.most = edge(Arrays.stream(ratios).max().orElse(1), true);
    }

    /** The document. */
    public static String svg(Results results) {
        Chart chart = new Chart(results);
        chart.draw();
        return chart.svg.toString();
    }

    /** The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … beyond a ratio, so that 1 is inside. */
    private static double edge(double ratio, boolean above) {
        double edge = above ? 2 : 0.5;
        while (above ? edge < ratio : edge > ratio) {
            edge = next(edge, above);
        }
        return edge;
    }

    private static double next(double mark, boolean above) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(mark) + 1e-9));
        long digit = Math.round(mark / magnitude);
        if (above) {
            return digit == 1 ? 2 * magnitude : digit == 2 ? 5 * magnitude : 10 * magnitude;
        }
        return digit == 1 ? magnitude / 2 : digit == 2 ? magnitude : 2 * magnitude;
    }

    private void draw() {
        List<Cell> cells = results.cells();
        int top = 104;
        int height = top + 40 + GAP;
        List<Integer> heights = new ArrayList<>();
        for (int r = 0; r < cells.size(); r++) {
            boolean starts =
                    r == 0 || !cells.get(r).workload().equals(cells.get(r - 1).workload());
            height += starts ? ROW + GAP : ROW;
            heights.add(height - 40 - ROW / 2);
        }
        int bottom = height - 30;
        line(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
                        + " font-family='sans-serif' font-size='11'>",
                WIDTH, height + 28, WIDTH, height + 28);
        line("<rect width='100%%' height='100%%' fill='white'/>");
        text(12, 22, "start", "font-size='15'", "Times as fast as " + results.baseline() + ", on a logarithmic axis");
        text(12, 42, "start", "fill='#555'", results.circumstances().machine());
        text(12, 57, "start", "fill='#555'", results.circumstances().manner());
        legend();
        for (double mark = least; mark <= most * 1.001; mark = next(mark, true)) {
            boolean one = Math.abs(mark - 1) < 1e-9;
            line(
                    "<path d='M%.1f %d V%d' stroke='%s' stroke-width='%s'/>",
                    x(mark), top, bottom, one ? "#333" : "#ddd", one ? "1.5" : "1");
            text(x(mark), bottom + 14, "middle", "fill='#333'", label(mark));
        }
        for (int r = 0; r < cells.size(); r++) {
            row(cells, r, heights.get(r));
        }
        text(
                12,
                height + 16,
                "start",
                "fill='#555' font-family='monospace'",
                results.circumstances().command());
        line("</svg>");
    }

    private void row(List<Cell> cells, int r, int y) {
        Cell cell = cells.get(r);
        if (r == 0 || !cell.workload().equals(cells.get(r - 1).workload())) {
            text(12, y + 4, "start", "font-weight='bold'", cell.workload().name());
        }
        text(LEFT - 12, y + 4, "end", "fill='#333'", cell.pass().word());
        line("<path d='M%d %d H%d' stroke='#eee'/>", LEFT, y, WIDTH - RIGHT);
        for (String contender : contenders) {
            OptionalDouble ratio = results.ratio(cell, contender);
            if (ratio.isPresent()) {
                line(
                        "<circle cx='%.1f' cy='%d' r='4.5' fill='%s' fill-opacity='0.85'><title>%s, %s: %s</title></circle>",
                        x(ratio.getAsDouble()),
                        y,
                        colour(contender),
                        escape(contender),
                        escape(cell.toString()),
                        Numbers.three(ratio.getAsDouble()));
            }
        }
    }

    private void legend() {
        int x = LEFT;
        for (String contender : contenders) {
            line("<circle cx='%d' cy='82' r='4.5' fill='%s'/>", x, colour(contender));
            text(x + 9, 86, "start", "", contender);
            x += 34 + 7 * contender.length();
        }
    }

    private static String colour(String contender) {
        return COLOURS.getOrDefault(contender, "black");
    }

    private double x(double ratio) {
        return LEFT + (WIDTH - RIGHT - LEFT) * Math.log(ratio / least) / Math.log(most / least);
    }

    private static String label(double mark) {
        return mark >= 1 ? String.valueOf(Math.round(mark)) : String.valueOf(Math.round(mark * 1e6) / 1e6);
    }

    private void text(double x, double y, String anchor, String attributes, String words) {
        line("<text x='%.1f' y='%.1f' text-anchor='%s' %s>%s</text>", x, y, anchor, attributes, escape(words));
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
