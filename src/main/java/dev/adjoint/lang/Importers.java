package dev.adjoint.lang;

import dev.adjoint.diagnostic.AdjointException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usual importers: the library that is shipped, and the files below a directory. */
public final class Importers {
    /** Where the library lies in the jar. */
    private static final String LIBRARY = "adjoint/specs/";

    private static final String SUFFIX = ".layer";

    private Importers() {}

    /** The layers that are shipped, {@code adjoint.*}. */
    public static Importer library() {
        return new ByPackage(Importers::librarySources);
    }

    /** All spec files below a directory, by the package that each states; those that cannot be read are left out. */
    public static Importer directory(Path root) {
        return new ByPackage(() -> {
            Map<String, String> texts = new TreeMap<>();
            if (!Files.isDirectory(root)) {
                return texts;
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX) && Files.isRegularFile(f))
                        .toList()) {
                    readable(file).ifPresent(text -> texts.put(SourceFiles.name(file), text));
                }
            } catch (IOException | UncheckedIOException unreadable) {
                return texts;
            }
            return texts;
        });
    }

    /** The text of a file; empty if it cannot be read, for it may be none that is asked for. */
    private static Optional<String> readable(Path file) {
        try {
            return Optional.of(SourceFiles.read(file));
        } catch (AdjointException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Files whose texts are at hand.
     *
     * @param texts file, as messages name it → text
     */
    public static Importer texts(Map<String, String> texts) {
        Map<String, String> all = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        return new ByPackage(() -> all);
    }

    /** Reads its files once, when the first import asks. */
    private static final class ByPackage implements Importer {
        private final Supplier<Map<String, String>> texts;
        private @Nullable Map<String, List<Source>> byPackage;

        ByPackage(Supplier<Map<String, String>> texts) {
            this.texts = texts;
        }

        @Override
        public synchronized List<Source> find(String packageName) {
            Map<String, List<Source>> found = byPackage;
            if (found == null) {
                found = new LinkedHashMap<>();
                for (Map.Entry<String, String> file : texts.get().entrySet()) {
                    found.computeIfAbsent(SourceFiles.packageOf(file.getValue()), p -> new ArrayList<>())
                            .add(new Source(file.getKey(), file.getValue()));
                }
                byPackage = found;
            }
            return found.getOrDefault(packageName, List.of());
        }
    }

    /** The library's files, {@code library:pool.layer}: from our own jar, or from the directory of classes. */
    private static Map<String, String> librarySources() {
        Map<String, String> texts = new TreeMap<>();
        CodeSource code = Importers.class.getProtectionDomain().getCodeSource();
        try {
            File place = code == null ? null : new File(code.getLocation().toURI());
            List<String> names = place == null ? List.of() : place.isDirectory() ? inDirectory(place) : inJar(place);
            for (String name : names) {
                URL url = Importers.class.getClassLoader().getResource(LIBRARY + name);
                if (url != null) {
                    try (InputStream in = url.openStream()) {
                        texts.put("library:" + name, SourceFiles.decode(name, in.readAllBytes()));
                    }
                }
            }
        } catch (IOException | URISyntaxException | IllegalArgumentException broken) {
            throw new IllegalStateException("the library of layers cannot be read from " + code, broken);
        }
        return texts;
    }

    private static List<String> inDirectory(File classes) {
        String[] names = new File(classes, LIBRARY).list();
        return names == null
                ? List.of()
                : Stream.of(names).filter(n -> n.endsWith(SUFFIX)).sorted().toList();
    }

    private static List<String> inJar(File file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return Collections.list(jar.entries()).stream()
                    .map(e -> e.getName())
                    .filter(n -> n.startsWith(LIBRARY) && n.endsWith(SUFFIX))
                    .map(n -> n.substring(LIBRARY.length()))
                    .sorted()
                    .toList();
        }
    }
}
