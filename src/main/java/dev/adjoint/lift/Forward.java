package dev.adjoint.lift;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A forward pass alone, of which its Javadoc declares the tensors in the language: {@code layer Conv[H, W, K] { input
 * o[H, W] param w[K, K] output x[i < H-K+1, j < W-K+1] }}, the output without its equation. The equation is that of the
 * method.
 */
final class Forward {
    private static final Pattern LAYER = Pattern.compile("\\blayer\\s+\\w+");
    private static final Pattern OUTPUT = Pattern.compile("\\boutput\\s+(\\w+)\\s*(\\[[^\\[\\]]*])?");

    private final TypeDeclaration<?> type;
    private final MethodDeclaration method;
    private final JavaSources sources;
    private final Place place;

    private Forward(TypeDeclaration<?> type, MethodDeclaration method, JavaSources sources) {
        this.type = type;
        this.method = method;
        this.sources = sources;
        this.place = JavaFile.place(method);
    }

    /** The text of the layer that a method computes. */
    static String layer(String className, String methodName, JavaSources sources) {
        TypeDeclaration<?> type = sources.find(className)
                .orElseThrow(() -> new AdjointException(Diagnostic.error(
                        Messages.NOT_FOUND, null, "the source of the class `" + className + "` is not there")));
        List<MethodDeclaration> named = type.getMethodsByName(methodName);
        if (named.size() != 1) {
            throw new AdjointException(Diagnostic.error(
                    named.isEmpty() ? Messages.NOT_FOUND : Messages.OVERLOADED,
                    JavaFile.place(type),
                    "`" + className + "` has " + (named.isEmpty() ? "no method" : "several methods") + " `" + methodName
                            + "`"));
        }
        return new Forward(type, named.get(0), sources).layer();
    }

    private String layer() {
        String declared = declared();
        Matcher output = OUTPUT.matcher(declared);
        if (!output.find()) {
            throw undeclared("its Javadoc declares no output");
        }
        int end = output.end();
        String name = output.group(1);
        if (output.find()) {
            throw undeclared("its Javadoc declares more than one output");
        }
        String head = packageName() + declared.substring(0, end);
        Layer empty = parse(head + " = 0" + declared.substring(end));
        Lifted lifted = Lift.lift(empty, verification(name), sources);
        String text = head + " =\n        " + Printer.print(lifted.claim().right()) + declared.substring(end) + "\n";
        parse(text);
        return text;
    }

    private String packageName() {
        return type.findCompilationUnit()
                .flatMap(u -> u.getPackageDeclaration())
                .map(p -> "package " + p.getNameAsString() + ";\n\n")
                .orElse("");
    }

    private Layer parse(String text) {
        return Specs.parse(place.file(), text, Importers.library()).layers().get(0);
    }

    private Verification verification(String output) {
        Map<String, String> mappings = new LinkedHashMap<>();
        if (method.getType().isVoidType()) {
            mappings.put("result", output);
        }
        return new Verification(
                Ref.value(output),
                type.getFullyQualifiedName().orElse(type.getNameAsString()),
                method.getNameAsString(),
                Optional.of(Methods.signature(method)),
                mappings,
                place);
    }

    /** The declaration in the Javadoc, from {@code layer} to its last brace. */
    private String declared() {
        String doc = method.getJavadocComment()
                .map(c -> c.getContent())
                .orElse("")
                .lines()
                .map(l -> l.replaceFirst("^\\s*\\*\\s?", ""))
                .reduce("", (a, b) -> a + b + "\n");
        Matcher layer = LAYER.matcher(doc);
        if (!layer.find() || doc.indexOf('}', layer.start()) < 0) {
            throw undeclared("its Javadoc declares no layer");
        }
        return doc.substring(layer.start(), doc.indexOf('}', layer.start()) + 1);
    }

    private AdjointException undeclared(String why) {
        return new AdjointException(Diagnostic.error(
                        Messages.UNDECLARED,
                        place,
                        "the tensors of `" + method.getNameAsString() + "` cannot be told from it alone: " + why)
                .help("declare them, the output without its equation: layer Conv[H, K] { input o[H] param w[K]"
                        + " output x[i < H-K+1] }"));
    }
}
