package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the files that Adjoint wrote into a directory: a file is overwritten or deleted only while its hash is
 * the listed one. In the form of {@code sha256sum}, grouped by spec. While a run is moving its files into place, a file
 * has two entries, so that a run that is killed then leaves nothing that the next one would take for an edit.
 *
 * @param entries path → spec and hashes, in the order of paths
 */
record Manifest(Map<String, Entry> entries) {
    static final String NAME = ".adjoint-manifest";

    private static final String HEAD = """
            # What Adjoint wrote into this directory. Do not edit: a file with another hash than here is never touched.
            """;
    private static final String FROM = "# from ";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S.*)");

    /** One file: the spec that it came of, and the hashes that are ours. */
    record Entry(String spec, Set<String> hashes) {
        Entry {
            hashes = Collections.unmodifiableSet(new TreeSet<>(hashes));
        }
    }

    static final Manifest EMPTY = new Manifest(Map.of());

    Manifest {
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /**
     * Reads what {@link #print} wrote.
     *
     * @throws AdjointException if it is damaged
     */
    static Manifest parse(String text, Path file) {
        Map<String, Entry> entries = new TreeMap<>();
        String spec = "";
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher matcher = LINE.matcher(line);
            if (line.startsWith(FROM)) {
                spec = line.substring(FROM.length());
            } else if (matcher.matches() && OutputPath.isSafe(matcher.group(2))) {
                Entry entry = new Entry(spec, Set.of(matcher.group(1)));
                entries.merge(matcher.group(2), entry, Manifest::either);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new AdjointException(Trouble.damagedManifest(file, i + 1));
            }
        }
        return new Manifest(entries);
    }

    String print() {
        Map<String, StringBuilder> bySpec = new TreeMap<>();
        entries.forEach((path, entry) -> {
            StringBuilder text = bySpec.computeIfAbsent(entry.spec(), s -> new StringBuilder());
            entry.hashes()
                    .forEach(hash -> text.append(hash).append("  ").append(path).append('\n'));
        });
        StringBuilder all = new StringBuilder(HEAD);
        bySpec.forEach(
                (spec, text) -> all.append(FROM).append(spec).append('\n').append(text));
        return all.toString();
    }

    /** Both lists: what either says is ours is ours. */
    Manifest and(Manifest other) {
        Map<String, Entry> both = new TreeMap<>(entries);
        other.entries.forEach((path, entry) -> both.merge(path, entry, Manifest::either));
        return new Manifest(both);
    }

    private static Entry either(Entry before, Entry after) {
        Set<String> hashes = new TreeSet<>(before.hashes());
        hashes.addAll(after.hashes());
        return new Entry(after.spec(), hashes);
    }
}
