package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at the names that a layer declares: none may be reserved, declared twice, or collide in the generated class. */
final class Declarations {
    private Declarations() {}

    /** What a statement declares; of one that declares nothing, something that no name is. */
    static String name(Syntax.Statement statement) {
        if (statement instanceof Syntax.Given g) {
            return g.shaped().name().text();
        }
        if (statement instanceof Syntax.Defined d) {
            return d.target().name().text();
        }
        return statement instanceof Syntax.FunctionText f
                ? f.name().text()
                : statement.place().toString();
    }

    static void check(Syntax.LayerText text, Diagnostics found) {
        Map<String, Syntax.Name> all = new LinkedHashMap<>();
        Map<String, Syntax.Name> tensors = new LinkedHashMap<>();
        text.sizes().forEach(s -> declare(s.name(), all, found));
        for (Syntax.Statement statement : text.statements()) {
            if (statement instanceof Syntax.Given g) {
                declareTensor(g.shaped().name(), all, tensors, found);
            } else if (statement instanceof Syntax.Defined d) {
                declareTensor(d.target().name(), all, tensors, found);
            } else if (statement instanceof Syntax.FunctionText f) {
                declare(f.name(), all, found);
                if (f.name().text().equals("d")) {
                    found.add(Diagnostic.error(
                            Codes.L020.name(),
                            f.name().place(),
                            "d(…) is a derivative, so no function can be called `d`"));
                }
            }
        }
        derived(tensors, found);
    }

    private static boolean declare(Syntax.Name name, Map<String, Syntax.Name> all, Diagnostics found) {
        Diagnostic hostile = Identifiers.check(name.text(), name.place());
        if (hostile != null) {
            found.add(hostile);
            return false;
        }
        Syntax.Name first = all.putIfAbsent(name.text(), name);
        if (first != null) {
            found.add(Diagnostic.error(Codes.L021.name(), name.place(), "`" + name.text() + "` is declared already")
                    .note("it is declared here", first.place()));
        }
        return first == null;
    }

    private static void declareTensor(
            Syntax.Name name, Map<String, Syntax.Name> all, Map<String, Syntax.Name> tensors, Diagnostics found) {
        if (!declare(name, all, found)) {
            return;
        }
        Syntax.Name first = tensors.putIfAbsent(name.text().toLowerCase(Locale.ROOT), name);
        if (first != null) {
            found.add(Diagnostic.error(
                            Codes.L021.name(),
                            name.place(),
                            "`" + name.text() + "` and `" + first.text()
                                    + "` differ in case only, and so would the methods of the" + " generated class")
                    .note("the other is declared here", first.place()));
        }
    }

    /** The generated class calls the gradient of {@code w} {@code gradW}, and the error of {@code y} {@code deltaY}. */
    private static void derived(Map<String, Syntax.Name> tensors, Diagnostics found) {
        List<Syntax.Name> names = new ArrayList<>(tensors.values());
        for (Syntax.Name name : names) {
            for (String prefix : List.of("grad", "delta")) {
                String rest = name.text().startsWith(prefix) ? name.text().substring(prefix.length()) : "";
                Syntax.Name other = rest.isEmpty() ? null : tensors.get(rest.toLowerCase(Locale.ROOT));
                if (other != null && Character.isUpperCase(rest.charAt(0))) {
                    found.add(Diagnostic.error(
                                    Codes.L021.name(),
                                    name.place(),
                                    "`" + name.text() + "` is what the generated class calls the "
                                            + (prefix.equals("grad") ? "gradient" : "error") + " of `" + other.text()
                                            + "`")
                            .note("it is declared here", other.place()));
                }
            }
        }
    }
}
