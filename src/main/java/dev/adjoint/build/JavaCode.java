package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.lift.JavaSources;
import dev.adjoint.lift.Stated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java that is held to compute what layers do.
 *
 * @param sources where classes are looked for; they are parsed when they are asked for
 * @param stated what Javadocs say that their methods compute
 * @param hashes file → hash of its text, of every file
 */
record JavaCode(JavaSources sources, List<Stated> stated, Map<String, String> hashes) {
    /** What may be a line of Javadoc that says what a method computes; only files that have one are parsed unasked. */
    private static final Pattern STATES =
            Pattern.compile("(?m)^\\s*(/\\*)?\\*+\\s*verify\\s+[\\w.]+\\s+(grad\\s+)?\\w+");

    /**
     * The Java below source directories.
     *
     * @param orNone whether those that are not there are passed over
     * @throws AdjointException if one is not there, if a file cannot be read, or a Javadoc that says what its method
     *     computes cannot
     */
    static JavaCode of(List<Path> roots, boolean orNone) {
        if (!orNone) {
            Diagnostics absent = new Diagnostics();
            roots.stream()
                    .filter(root -> !Files.isDirectory(root))
                    .forEach(root ->
                            absent.add(Files.exists(root) ? Trouble.notSources(root) : Trouble.noSuchFile(root)));
            absent.throwIfErrors();
        }
        Map<String, String> hashes = new TreeMap<>();
        Map<String, String> stating = new LinkedHashMap<>();
        for (Path root : roots) {
            for (Path file : files(root)) {
                String name = Trouble.slashed(file);
                byte[] bytes = bytes(file);
                hashes.put(name, Hash.ofText(bytes));
                String text = new String(bytes, StandardCharsets.UTF_8);
                if (STATES.matcher(text).find()) {
                    stating.put(name, text);
                }
            }
        }
        return new JavaCode(JavaSources.directories(roots), Stated.in(JavaSources.texts(stating)), hashes);
    }

    private static List<Path> files(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java") && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AdjointException(Trouble.unreadable(root, e));
        } catch (java.io.UncheckedIOException e) {
            throw new AdjointException(Trouble.unreadable(root, java.util.Objects.requireNonNull(e.getCause())));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AdjointException(Trouble.unreadable(file, e));
        }
    }
}
