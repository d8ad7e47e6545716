package dev.adjoint.lift;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.comments.JavadocComment;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of a method says that it computes: {@code verify com.acme.layers.Conv2d grad w (delta = dy, result =
 * dw)}, on a line of its own, or from one to the closing parenthesis.
 *
 * @param layer the layer's qualified name
 * @param what {@code grad w}, or the name of a let or output
 * @param mappings the layer's names, or integers of its sizes → the method's
 */
public record Stated(
        String layer,
        String what,
        String className,
        String method,
        List<String> signature,
        Map<String, String> mappings,
        Place place) {
    private static final Pattern LINE = Pattern.compile("^\\s*\\*?\\s*verify\\s.*");
    private static final Pattern STATEMENT =
            Pattern.compile("verify\\s+([\\w.]+)\\s+((?:grad\\s+)?\\w+)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
    private static final Pattern MAPPING = Pattern.compile("\\s*(.+?)\\s*=\\s*((?:this\\.)?\\w+)\\s*", Pattern.DOTALL);

    public Stated {
        signature = List.copyOf(signature);
        mappings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(mappings));
    }

    /**
     * All that the Javadocs of the sources state, in the order of files and lines.
     *
     * @throws AdjointException if a line that begins with {@code verify} is none of these, or a file is not Java
     */
    public static List<Stated> in(JavaSources sources) {
        List<Stated> stated = new ArrayList<>();
        for (TypeDeclaration<?> type : sources.all()) {
            for (MethodDeclaration method : type.getMethods()) {
                method.getJavadocComment().ifPresent(doc -> read(doc, type, method, stated));
            }
        }
        return stated;
    }

    private static void read(
            JavadocComment doc, TypeDeclaration<?> type, MethodDeclaration method, List<Stated> stated) {
        List<String> lines = doc.getContent().lines().toList();
        for (int k = 0; k < lines.size(); k++) {
            if (LINE.matcher(lines.get(k)).matches()) {
                int line = JavaFile.place(doc).line() + k;
                int column = lines.get(k).indexOf("verify") + 1;
                Place place = Place.at(JavaFile.name(method), line, k == 0 ? column + 3 : column);
                stated.add(statement(text(lines, k), place, type, method));
            }
        }
    }

    /** From a line to the one that closes its parenthesis. */
    private static String text(List<String> lines, int first) {
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(first, lines.size())) {
            text.append(' ').append(line.replaceFirst("^\\s*\\*\\s?", "").strip());
            long open = text.chars().filter(c -> c == '(').count();
            if (open == text.chars().filter(c -> c == ')').count()) {
                break;
            }
        }
        return text.toString().strip();
    }

    private static Stated statement(String text, Place place, TypeDeclaration<?> type, MethodDeclaration method) {
        Matcher statement = STATEMENT.matcher(text);
        if (!statement.matches()) {
            throw unread(text, place);
        }
        Map<String, String> mappings = new LinkedHashMap<>();
        for (String part : parts(statement.group(3))) {
            Matcher mapping = MAPPING.matcher(part);
            if (!mapping.matches()
                    || mappings.put(mapping.group(1).replaceAll("\\s+", " "), mapping.group(2)) != null) {
                throw unread(text, place);
            }
        }
        return new Stated(
                statement.group(1),
                statement.group(2).replaceAll("\\s+", " "),
                type.getFullyQualifiedName().orElse(type.getNameAsString()),
                method.getNameAsString(),
                Methods.signature(method),
                mappings,
                place);
    }

    /** Apart at the commas outside of parentheses. */
    private static List<String> parts(@org.jspecify.annotations.Nullable String mappings) {
        List<String> parts = new ArrayList<>();
        if (mappings == null || mappings.isBlank()) {
            return parts;
        }
        int depth = 0;
        int start = 0;
        for (int k = 0; k < mappings.length(); k++) {
            char c = mappings.charAt(k);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(mappings.substring(start, k));
                start = k + 1;
            }
        }
        parts.add(mappings.substring(start));
        return parts;
    }

    private static AdjointException unread(String text, Place place) {
        return new AdjointException(
                Diagnostic.error(Messages.JAVADOC, place, "`" + text + "` does not say what the method computes")
                        .help("write `verify com.acme.Conv2d grad w (delta = dy, result = dw)`: a layer, a gradient or"
                                + " output, and what its names are called here"));
    }

    /**
     * The statement about a layer.
     *
     * @throws AdjointException if the layer has no such tensor, or none that is computed
     */
    public Verification verification(Layer of) {
        boolean gradient = what.startsWith("grad ");
        String name = gradient ? what.substring("grad ".length()) : what;
        boolean fits = of.tensor(name)
                .filter(t -> gradient ? t.role() != dev.adjoint.lang.Tensor.Role.CONST : !t.isGiven())
                .isPresent();
        if (!fits) {
            throw new AdjointException(Diagnostic.error(
                    Messages.JAVADOC,
                    place,
                    "`" + what + "` is no gradient, let or output of the layer `" + of.name() + "`"));
        }
        Ref ref = gradient ? Ref.grad(name) : Ref.value(name);
        return new Verification(ref, className, method, Optional.of(signature), mappings, place);
    }
}
