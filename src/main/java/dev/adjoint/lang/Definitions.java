package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enters definitions where layers find them, after a look at each by itself: names known, sorts right, no recursion.
 * Whether accesses stay inside is asked where a definition is applied, with the sizes that it then has.
 */
final class Definitions {
    private final Map<String, Syntax.Definition> definitions = new LinkedHashMap<>();
    private final Names names;
    private final Diagnostics found;

    private Definitions(List<Syntax.Definition> all, Names names, Diagnostics found) {
        this.names = names;
        this.found = found;
        all.forEach(d -> definitions.putIfAbsent(d.name().text(), d));
    }

    /** Adds the definitions to the names; those with errors are told of and added as broken. */
    static void enter(List<Syntax.Definition> all, Names names, Diagnostics found) {
        Definitions definitions = new Definitions(all, names, found);
        all.forEach(d -> names.put(d.name().text(), new Symbol.Defined(d, names)));
        Set<String> broken = new HashSet<>(definitions.recursive());
        for (Syntax.Definition definition : all) {
            if (!broken.contains(definition.name().text()) && !definitions.isSound(definition)) {
                broken.add(definition.name().text());
            }
        }
        broken.forEach(name -> names.put(name, Symbol.Broken.BROKEN));
    }

    private Set<String> recursive() {
        Set<String> recursive = new LinkedHashSet<>();
        for (Syntax.Definition definition : definitions.values()) {
            if (recursive.contains(definition.name().text())) {
                continue;
            }
            List<String> path =
                    circle(definition.name().text(), definition.name().text(), new LinkedHashSet<>());
            if (!path.isEmpty()) {
                recursive.addAll(path);
                found.add(Diagnostic.error(
                        Codes.L052.name(),
                        definition.name().place(),
                        "the definition `" + definition.name().text() + "` calls itself"
                                + (path.size() > 1
                                        ? " through " + String.join(", ", path.subList(0, path.size() - 1))
                                        : "")));
            }
        }
        return recursive;
    }

    /** The calls that lead from one definition to another, which comes last; empty if none do. */
    private List<String> circle(String from, String to, Set<String> seen) {
        Syntax.Definition definition = definitions.get(from);
        if (definition == null || !seen.add(from)) {
            return List.of();
        }
        Set<String> called = new LinkedHashSet<>();
        called(definition.body(), called);
        if (called.contains(to)) {
            return List.of(to);
        }
        for (String next : called) {
            List<String> rest = circle(next, to, seen);
            if (!rest.isEmpty()) {
                List<String> path = new ArrayList<>(List.of(next));
                path.addAll(rest);
                return path;
            }
        }
        return List.of();
    }

    private static void called(Node node, Set<String> names) {
        if (node instanceof Node.Call call) {
            names.add(call.name());
        }
        Nodes.children(node).forEach(child -> called(child, names));
    }

    /** Resolves the body for arguments of which nothing is known but their shapes. */
    private boolean isSound(Syntax.Definition definition) {
        Diagnostics own = new Diagnostics();
        Diagnostic hostile =
                Identifiers.check(definition.name().text(), definition.name().place());
        if (hostile != null) {
            own.add(hostile);
        }
        Work work = new Work(own);
        Names arguments = names.inside();
        Context context = new Context(work, arguments, Facts.NONE, Context.Use.DEFINITION, null, false);
        Map<String, Syntax.Name> declared = new LinkedHashMap<>();
        for (Syntax.Shaped parameter : definition.parameters()) {
            declare(parameter.name(), declared, own);
        }
        for (Syntax.Shaped parameter : definition.parameters()) {
            List<IntExpr> shape = new ArrayList<>();
            for (Node bracket : parameter.brackets()) {
                String size = Nodes.name(bracket);
                if (!size.isEmpty() && arguments.find(size) == null && !declared.containsKey(size)) {
                    Diagnostic bad = Identifiers.check(size, bracket.place());
                    if (bad != null) {
                        own.add(bad);
                    }
                    arguments.put(size, new Symbol.Int(IntExpr.var(size), true));
                }
                IntExpr extent = Resolver.integer(bracket, context);
                shape.add(extent == null ? IntExpr.ONE : extent);
            }
            String name = parameter.name().text();
            arguments.put(name, new Symbol.Tensor(new TensorValue.Stored(Ref.value(name), shape, Optional.empty())));
        }
        Names body = arguments.inside();
        List<Range> ranges = new ArrayList<>();
        Targets.bind(definition.target(), definition.body(), context, body, ranges);
        Resolver.value(definition.body(), context.names(body).facts(Facts.NONE.with(ranges)));
        found.addAll(own.list());
        return !own.hasErrors();
    }

    private static void declare(Syntax.Name name, Map<String, Syntax.Name> declared, Diagnostics own) {
        Diagnostic hostile = Identifiers.check(name.text(), name.place());
        if (hostile != null) {
            own.add(hostile);
        }
        Syntax.Name first = declared.putIfAbsent(name.text(), name);
        if (first != null) {
            own.add(Diagnostic.error(Codes.L021.name(), name.place(), "`" + name.text() + "` is declared already")
                    .note("it is declared here", first.place()));
        }
    }
}
