package dev.adjoint.random;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many of the layers had what. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();
    private int layers;

    synchronized void add(RandomLayers.Drawn drawn) {
        layers++;
        drawn.features().forEach(f -> counts.merge(f, 1, Integer::sum));
    }

    synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    @Override
    public synchronized String toString() {
        return layers + " layers: "
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "));
    }
}
