package dev.adjoint.lift;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.lang.Verification;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The method that a verification names. */
final class Methods {
    private Methods() {}

    static MethodDeclaration find(TypeDeclaration<?> type, Verification verification) {
        List<MethodDeclaration> named = named(type, verification.method(), verification);
        Optional<List<String>> signature = verification.signature();
        if (signature.isEmpty()) {
            return single(named, verification);
        }
        List<MethodDeclaration> fit =
                named.stream().filter(m -> signature(m).equals(signature.get())).toList();
        if (fit.isEmpty()) {
            throw new Refusal(Diagnostic.error(
                            Messages.NOT_FOUND,
                            verification.place(),
                            "`" + type.getNameAsString() + "` has no method " + verification.method() + "("
                                    + String.join(", ", signature.get()) + ")")
                    .help("it has " + list(named)));
        }
        return fit.get(0);
    }

    /** The only method of a name. */
    static MethodDeclaration only(TypeDeclaration<?> type, String name, Verification verification) {
        return single(named(type, name, verification), verification);
    }

    private static List<MethodDeclaration> named(TypeDeclaration<?> type, String name, Verification verification) {
        List<MethodDeclaration> named = type.getMethodsByName(name).stream()
                .filter(m -> m.getBody().isPresent())
                .toList();
        if (named.isEmpty()) {
            String known = type.getMethods().stream()
                    .map(m -> m.getNameAsString())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new Refusal(Diagnostic.error(
                            Messages.NOT_FOUND,
                            verification.place(),
                            "`" + type.getNameAsString() + "` has no method `" + name + "` with a body")
                    .help(known.isEmpty() ? "it has none" : "it has " + known));
        }
        return named;
    }

    private static MethodDeclaration single(List<MethodDeclaration> named, Verification verification) {
        if (named.size() > 1) {
            throw new Refusal(Diagnostic.error(
                            Messages.OVERLOADED,
                            verification.place(),
                            "there are several methods `" + named.get(0).getNameAsString() + "`")
                    .help("say which by its parameter types: " + list(named)));
        }
        return named.get(0);
    }

    private static String list(List<MethodDeclaration> methods) {
        return methods.stream()
                .map(m -> m.getNameAsString() + "(" + String.join(", ", signature(m)) + ")")
                .collect(Collectors.joining("; "));
    }

    /** The types of a method's parameters, as {@code float[]}. */
    static List<String> signature(MethodDeclaration m) {
        return m.getParameters().stream()
                .map(p -> p.getType().asString().replace(" ", "") + (p.isVarArgs() ? "[]" : ""))
                .toList();
    }
}
