package dev.adjoint.lift;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Java source in which classes are looked for: directories, or texts. Parsed when asked for, once. */
public final class JavaSources {
    private final List<Path> roots;
    private final Map<String, String> texts;
    private final Map<String, Optional<CompilationUnit>> parsed = new LinkedHashMap<>();

    private JavaSources(List<Path> roots, Map<String, String> texts) {
        this.roots = List.copyOf(roots);
        this.texts = new TreeMap<>(texts);
    }

    /** Source directories, as {@code src/main/java}; the first that holds a class wins. */
    public static JavaSources directories(List<Path> roots) {
        return new JavaSources(roots, Map.of());
    }

    /** Texts by the path below a source directory, as {@code com/acme/Conv.java}. */
    public static JavaSources texts(Map<String, String> texts) {
        return new JavaSources(List.of(), texts);
    }

    /** The class of a qualified name, nested ones as {@code com.acme.Net.Conv}; empty if it is nowhere. */
    Optional<TypeDeclaration<?>> find(String qualified) {
        String[] parts = qualified.split("\\.");
        for (int n = parts.length; n >= 1; n--) {
            String path = String.join("/", List.of(parts).subList(0, n)) + ".java";
            Optional<CompilationUnit> unit = unit(path);
            if (unit.isPresent()) {
                Optional<TypeDeclaration<?>> type = unit.get().getTypes().stream()
                        .filter(t -> t.getNameAsString().equals(parts[partOf(parts, path)]))
                        .<TypeDeclaration<?>>map(t -> t)
                        .findFirst();
                for (int k = n; k < parts.length; k++) {
                    String name = parts[k];
                    type = type.flatMap(t -> t.getMembers().stream()
                            .filter(TypeDeclaration.class::isInstance)
                            .<TypeDeclaration<?>>map(m -> (TypeDeclaration<?>) m)
                            .filter(m -> m.getNameAsString().equals(name))
                            .findFirst());
                }
                if (type.isPresent()) {
                    return type;
                }
            }
        }
        return Optional.empty();
    }

    private static int partOf(String[] parts, String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** Every class of every file, in the order of their names. */
    List<TypeDeclaration<?>> all() {
        List<String> paths = new ArrayList<>(texts.keySet());
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(f -> f.toString().endsWith(".java"))
                            .map(f -> root.relativize(f).toString().replace('\\', '/'))
                            .sorted()
                            .filter(p -> !paths.contains(p))
                            .forEach(paths::add);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
        List<TypeDeclaration<?>> types = new ArrayList<>();
        for (String path : paths) {
            unit(path).ifPresent(u -> u.findAll(TypeDeclaration.class).forEach(t -> types.add((TypeDeclaration<?>) t)));
        }
        return types;
    }

    private Optional<CompilationUnit> unit(String path) {
        Optional<CompilationUnit> known = parsed.get(path);
        if (known == null) {
            known = read(path);
            parsed.put(path, known);
        }
        return known;
    }

    private Optional<CompilationUnit> read(String path) {
        if (texts.containsKey(path)) {
            return Optional.of(JavaFile.parse(path, texts.get(path)));
        }
        for (Path root : roots) {
            Path file = root.resolve(path);
            if (Files.isRegularFile(file)) {
                String name = file.toString().replace('\\', '/');
                try {
                    return Optional.of(JavaFile.parse(name, Files.readString(file)));
                } catch (MalformedInputException e) {
                    throw unreadable(name, "is not text in UTF-8");
                } catch (IOException e) {
                    throw unreadable(name, "cannot be read: " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private static AdjointException unreadable(String name, String why) {
        return new AdjointException(Diagnostic.error(Messages.NO_JAVA, Place.at(name, 1, 1), "this file " + why));
    }
}
