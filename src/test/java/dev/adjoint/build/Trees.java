package dev.adjoint.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a directory holds. */
public final class Trees {
    private Trees() {}

    /** Relative path with forward slashes → text, of every regular file. */
    public static Map<String, String> read(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            Map<String, String> files = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
