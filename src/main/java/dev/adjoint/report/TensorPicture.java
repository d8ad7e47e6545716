package dev.adjoint.report;

import dev.adjoint.prove.Counterexample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The tensors of a counterexample as small grids, its scalars in a line. Entries that a missing term names stand in {@code (…)}, those of an
 * extra term in {@code […]}, those of both in {@code <…>}; in the tensor that is claimed, {@code X} marks the element.
 */
final class TensorPicture {
    private static final int WIDTH = 76;
    private static final int MOST_LINES = 8;
    private static final int MOST_GRIDS = 12;
    private static final int LONGEST_CELL = 14;
    private static final int MOST_LISTED = 12;

    private final Counterexample example;
    private final Map<String, Set<List<Long>>> missing;
    private final Map<String, Set<List<Long>>> extra;

    private TensorPicture(Counterexample example) {
        this.example = example;
        this.missing = entries(example.missing());
        this.extra = entries(example.extra());
    }

    /** The element of a tensor that is claimed to be something else: {@code grad w}, its extents, and where. */
    record Target(String name, List<Long> shape, List<Long> index) {}

    /**
     * The picture, without a line feed at its end.
     *
     * @param targets the tensor that is claimed, if it is one
     */
    static String of(Counterexample example, List<Target> targets) {
        return new TensorPicture(example).draw(targets);
    }

    private String draw(List<Target> targets) {
        List<Grid> grids = new ArrayList<>();
        List<String> aside = new ArrayList<>();
        for (Target target : targets) {
            List<String> cells = new ArrayList<>();
            List<List<Long>> places = places(target.shape());
            places.forEach(place -> cells.add(place.equals(target.index()) ? "X" : "."));
            if (!target.shape().isEmpty() && isSmall(target.shape(), cells)) {
                grids(target.name(), target.shape(), cells).stream()
                        .filter(g -> g.cells().stream().anyMatch(row -> row.contains(" X ")))
                        .forEach(grids::add);
            }
        }
        boolean marked = !grids.isEmpty();
        List<String> scalars = new ArrayList<>();
        List<String> zero = new ArrayList<>();
        for (Map.Entry<String, List<String>> tensor : example.tensors().entrySet()) {
            String name = tensor.getKey();
            List<Long> shape = example.shapes().getOrDefault(name, List.of());
            boolean named = missing.containsKey(name) || extra.containsKey(name);
            if (!named && tensor.getValue().stream().allMatch("0"::equals)) {
                zero.add(name);
            } else if (shape.isEmpty()) {
                scalars.add(name + " = "
                        + marked(name, List.of(), tensor.getValue().get(0)).strip());
            } else if (isSmall(shape, tensor.getValue())) {
                grids.addAll(grids(name, shape, tensor.getValue()));
            } else {
                aside.add(listed(name, shape, tensor.getValue()));
            }
        }
        List<String> lines = new ArrayList<>(Grid.beside(grids, WIDTH, "    "));
        if (!scalars.isEmpty()) {
            lines.add(String.join(", ", scalars));
        }
        lines.addAll(aside);
        if (!zero.isEmpty()) {
            lines.add("all 0: " + String.join(", ", zero));
        }
        String legend = legend(marked);
        if (!legend.isEmpty()) {
            lines.add(legend);
        }
        return String.join("\n", lines);
    }

    private String legend(boolean marked) {
        List<String> parts = new ArrayList<>();
        if (marked) {
            parts.add("X the element that differs");
        }
        if (!missing.isEmpty()) {
            parts.add("( ) in a missing term");
        }
        if (!extra.isEmpty()) {
            parts.add("[ ] in an extra term");
        }
        if (missing.entrySet().stream()
                .anyMatch(m -> extra.getOrDefault(m.getKey(), Set.of()).stream().anyMatch(m.getValue()::contains))) {
            parts.add("< > in both");
        }
        return String.join(", ", parts);
    }

    private static boolean isSmall(List<Long> shape, List<String> values) {
        int rank = shape.size();
        boolean plane = shape.subList(Math.max(0, rank - 2), rank).stream().allMatch(n -> n <= MOST_LINES);
        long slices = shape.subList(0, Math.max(0, rank - 2)).stream().reduce(1L, (a, b) -> a * b);
        return plane && slices <= MOST_GRIDS && values.stream().allMatch(v -> v.length() <= LONGEST_CELL);
    }

    /** A grid for each choice of all indices but the last two. */
    private List<Grid> grids(String name, List<Long> shape, List<String> values) {
        int rank = shape.size();
        List<List<Long>> places = places(shape);
        List<String> cells = IntStream.range(0, values.size())
                .mapToObj(k -> marked(name, places.get(k), values.get(k)))
                .toList();
        int columns = Math.toIntExact(shape.get(rank - 1));
        int rows = rank < 2 ? 1 : Math.toIntExact(shape.get(rank - 2));
        List<Grid> grids = new ArrayList<>();
        for (int from = 0; from + rows * columns <= cells.size() && rows * columns > 0; from += rows * columns) {
            List<List<String>> plane = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                plane.add(cells.subList(from + i * columns, from + (i + 1) * columns));
            }
            String slice = rank < 3 ? "" : bracketed(places.get(from).subList(0, rank - 2));
            grids.add(new Grid(name + slice, numbers(rank < 2, rows), numbers(false, columns), plane));
        }
        return grids;
    }

    private static List<String> numbers(boolean none, int count) {
        return none
                ? List.of("")
                : IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private String marked(String name, List<Long> place, String value) {
        boolean lacks = missing.getOrDefault(name, Set.of()).contains(place);
        boolean has = extra.getOrDefault(name, Set.of()).contains(place);
        if (lacks && has) {
            return "<" + value + ">";
        }
        return lacks ? "(" + value + ")" : has ? "[" + value + "]" : " " + value + " ";
    }

    /** What is too large for a grid: the entries that are not zero. */
    private String listed(String name, List<Long> shape, List<String> values) {
        List<List<Long>> places = places(shape);
        List<String> entries = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            if (!values.get(k).equals("0")) {
                entries.add(name + bracketed(places.get(k)) + " = " + values.get(k));
            }
        }
        int shown = Math.min(entries.size(), MOST_LISTED);
        String more = shown < entries.size() ? ", and " + (entries.size() - shown) + " more" : "";
        String extents = shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
        return name + " of " + extents + ", 0 but for " + String.join(", ", entries.subList(0, shown)) + more;
    }

    private static String bracketed(List<Long> index) {
        return index.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** All places of a tensor in row-major order. */
    private static List<List<Long>> places(List<Long> shape) {
        List<List<Long>> places = List.of(List.of());
        for (long extent : shape) {
            places = places.stream()
                    .flatMap(place -> LongStream.range(0, extent).mapToObj(i -> {
                        List<Long> longer = new ArrayList<>(place);
                        longer.add(i);
                        return List.copyOf(longer);
                    }))
                    .toList();
        }
        return places;
    }

    /** The entries that terms name: tensor → indices. */
    private Map<String, Set<List<Long>>> entries(List<String> terms) {
        Map<String, Set<List<Long>>> found = new LinkedHashMap<>();
        for (String name : example.tensors().keySet()) {
            boolean scalar = example.shapes().getOrDefault(name, List.of()).isEmpty();
            Pattern entry = Pattern.compile(
                    "(?<![\\w.'])" + Pattern.quote(name) + (scalar ? "(?![\\w.'\\[(])" : "\\[([0-9,]+)\\]"));
            for (String term : terms) {
                Matcher matcher = entry.matcher(term);
                matcher.results()
                        .forEach(m -> found.computeIfAbsent(name, n -> new HashSet<>())
                                .add(scalar ? List.of() : index(m)));
            }
        }
        return found;
    }

    private static List<Long> index(MatchResult match) {
        return Pattern.compile(",")
                .splitAsStream(match.group(1))
                .map(Long::valueOf)
                .toList();
    }
}
