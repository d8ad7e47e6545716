package dev.adjoint.build;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A digest of everything that a run's outputs depend on: the tool itself with its templates and its library, the
 * options, each spec and what it imports. The same fingerprint, the same outputs.
 */
final class Fingerprint {
    private Fingerprint() {}

    /**
     * The digest.
     *
     * @param options every option that changes an output
     * @param texts name → text of the specs and of what they import
     */
    static String of(Collection<String> options, Map<String, String> texts) {
        MessageDigest digest = Hash.sha256();
        add(digest, Tool.DIGEST);
        options.forEach(option -> add(digest, option));
        new TreeMap<>(texts).forEach((name, text) -> {
            add(digest, name);
            add(digest, Hash.ofText(text));
        });
        return Hash.hex(digest.digest());
    }

    /** Each part with its length: no two lists of parts are the same bytes. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** Whether the run that left this record had the same fingerprint. */
    static boolean isRecorded(Path file, String fingerprint) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).strip().equals(fingerprint);
        } catch (IOException e) {
            return false;
        }
    }

    static void record(Path file, String fingerprint) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, fingerprint + "\n");
    }

    static void forget(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** The tool's own bytes: its jar, or the directories of its classes and resources during development. */
    static final class Tool {
        static final String DIGEST = code().map(Tool::digest).orElse("");

        static String digest(Path code) {
            MessageDigest digest = Hash.sha256();
            try {
                for (Path file : files(code)) {
                    add(digest, code.relativize(file).toString().replace('\\', '/'));
                    try (InputStream in = Files.newInputStream(file)) {
                        byte[] buffer = new byte[1 << 16];
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            digest.update(buffer, 0, n);
                        }
                    }
                }
            } catch (IOException e) {
                // Not even our own jar can be read: every run is then a new one.
                return Long.toString(System.nanoTime());
            }
            return Hash.hex(digest.digest());
        }

        private static List<Path> files(Path code) throws IOException {
            if (Files.isRegularFile(code)) {
                return List.of(code);
            }
            try (Stream<Path> all = Files.walk(code)) {
                return all.filter(Files::isRegularFile).sorted().toList();
            }
        }

        private static Optional<Path> code() {
            try {
                CodeSource source = Fingerprint.class.getProtectionDomain().getCodeSource();
                URI location = source == null ? null : source.getLocation().toURI();
                return Optional.ofNullable(location).map(Path::of);
            } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
                return Optional.empty();
            }
        }
    }
}
