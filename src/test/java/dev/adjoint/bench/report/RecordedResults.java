package dev.adjoint.bench.report;

import dev.adjoint.cli.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What a run left in the repository: the numbers that the README shows come from here. */
final class RecordedResults {
    private final Map<?, ?> document;

    /** Times by layer, pass and contender, in the order of the rows. */
    private final Map<String, Map<String, Map<String, Double>>> medians = new LinkedHashMap<>();

    private final Map<String, String> sizes = new LinkedHashMap<>();

    private RecordedResults(Map<?, ?> document) {
        this.document = document;
        for (Object row : (List<?>) document.get("results")) {
            Map<?, ?> cell = (Map<?, ?>) row;
            String layer = (String) cell.get("layer");
            sizes.put(layer, (String) cell.get("sizes"));
            Map<String, Double> of = medians.computeIfAbsent(layer, l -> new LinkedHashMap<>())
                    .computeIfAbsent((String) cell.get("pass"), p -> new LinkedHashMap<>());
            if (cell.get("median") != null) {
                of.put((String) cell.get("contender"), (Double) cell.get("median"));
            }
        }
    }

    static RecordedResults read(Path file) {
        try {
            return new RecordedResults((Map<?, ?>) JsonReader.read(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(String key) {
        return (String) document.get(key);
    }

    /** Layers and their sizes, a row each: how many times faster one contender is than another, pass by pass. */
    static String table(List<RecordedResults> runs, List<String> names, List<String[]> pairs) {
        List<String> head = new ArrayList<>(List.of("layer"));
        for (String[] pair : pairs) {
            names.forEach(name -> head.add(pair[0] + " ÷ " + pair[1] + ", " + name));
        }
        Grid grid = new Grid(1, head);
        for (Map.Entry<String, String> layer : runs.get(0).sizes.entrySet()) {
            List<String> row = new ArrayList<>(List.of(layer.getKey() + ": " + layer.getValue()));
            for (String[] pair : pairs) {
                runs.forEach(run -> row.add(run.ratios(layer.getKey(), pair[0], pair[1])));
            }
            grid.add(row);
        }
        return grid.markdown();
    }

    private String ratios(String layer, String fast, String slow) {
        return medians.getOrDefault(layer, Map.of()).keySet().stream()
                .map(pass -> ratio(layer, pass, fast, slow))
                .map(r -> r.isPresent() ? Numbers.three(r.getAsDouble()) : Numbers.NONE)
                .collect(Collectors.joining(" · "));
    }

    private OptionalDouble ratio(String layer, String pass, String fast, String slow) {
        Map<String, Double> cell = medians.get(layer).get(pass);
        return cell.containsKey(fast) && cell.containsKey(slow)
                ? OptionalDouble.of(cell.get(slow) / cell.get(fast))
                : OptionalDouble.empty();
    }

    /** The bytes that a call allocates, by cell. */
    Map<String, Double> allocated(String contender) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (Object row : (List<?>) document.get("results")) {
            Map<?, ?> cell = (Map<?, ?>) row;
            if (contender.equals(cell.get("contender")) && cell.get("bytes") instanceof Double number) {
                bytes.put(cell.get("layer") + " " + cell.get("pass"), number);
            }
        }
        return bytes;
    }

    /** In how many cells one contender is at least so many times as fast as another, of how many that both have. */
    int[] cells(String fast, String slow, double times) {
        int[] counts = new int[2];
        medians.forEach((layer, passes) -> passes.keySet().forEach(pass -> ratio(layer, pass, fast, slow)
                .ifPresent(r -> {
                    counts[1]++;
                    counts[0] += r >= times ? 1 : 0;
                })));
        return counts;
    }
}
