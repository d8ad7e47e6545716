package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes that a file asks for: layers resolved anew with their bound sizes and functions in their places. */
final class Generates {
    private final Unit unit;
    private final Diagnostics found;

    Generates(Unit unit, Diagnostics found) {
        this.unit = unit;
        this.found = found;
    }

    /** Every class of the file itself, in the order of the text; those with errors are told of. */
    List<Generate> all() {
        List<Generate> generates = new ArrayList<>();
        for (Unit.GenerateSource source : unit.generates.values()) {
            if (source.unit() == unit) {
                Generate generate = generate(source.text());
                if (generate != null) {
                    generates.add(generate);
                }
            }
        }
        return generates;
    }

    private @Nullable Generate generate(Syntax.GenerateText text) {
        Generate.Options options = GenerateOptions.of(text.settings(), found);
        if (text.stages().size() > 1) {
            found.add(Diagnostic.error(Codes.L073.name(), text.place(), "this version does not fuse layers with `then`")
                    .help("generate each layer by itself and call one after the other"));
            return null;
        }
        Bound bound = bound(
                text.stages().get(0),
                unit,
                new LinkedHashSet<>(Set.of(text.name().text())));
        if (bound == null) {
            return null;
        }
        Map<String, IntExpr> sizes = new LinkedHashMap<>();
        bound.sizes.forEach((name, value) -> sizes.put(name, IntExpr.of(value)));
        Diagnostics own = new Diagnostics();
        Layer layer = LayerResolver.resolve(
                bound.source.text(),
                bound.source.packageName(),
                Specs.definitions(bound.source, own),
                new LayerResolver.Binding(sizes, bound.functions, true),
                own);
        own.list().forEach(each -> found.add(inClass(text.name(), each)));
        if (layer == null || !Lengths.fit(layer, text.name().place(), found)) {
            return null;
        }
        String doc = text.doc().isEmpty() ? layer.doc() : text.doc();
        Layer named = new Layer(
                layer.packageName(),
                text.name().text(),
                doc,
                layer.sizes(),
                layer.tensors(),
                layer.functions(),
                NeedlessPads.dropped(layer),
                layer.assumptions(),
                layer.valueAssumptions(),
                List.of(),
                List.of(),
                layer.openReads(),
                text.place());
        return new Generate(
                text.name().text(),
                unit.syntax.packageName().text(),
                named,
                bound.source.text().name().text(),
                bound.sizes,
                options,
                text.place());
    }

    /** What is wrong with the layer at the bound sizes, told where they are bound. */
    private static Diagnostic inClass(Syntax.Name name, Diagnostic d) {
        String message = "in the class `" + name.text() + "`: " + d.message();
        Diagnostic moved = new Diagnostic(d.code(), d.severity(), name.place(), message, d.notes(), d.help());
        return moved.note("the layer says here", d.place());
    }

    /** A layer with what is bound of it so far. */
    private record Bound(Unit.LayerSource source, Map<String, Long> sizes, Map<String, Symbol> functions) {}

    private @Nullable Bound bound(Syntax.Stage stage, Unit from, Set<String> underWay) {
        String name = stage.name().text();
        Unit.LayerSource source = from.layers.get(name);
        Unit.GenerateSource generate = from.generates.get(name);
        if (source != null) {
            Bound bound = bind(stage, source, Map.of(), Map.of(), from);
            return from.broken.contains(name) ? null : bound;
        }
        if (from.broken.contains(name)) {
            return null;
        }
        if (generate == null) {
            unknownLayer(stage, from);
            return null;
        }
        if (!underWay.add(name)) {
            found.add(Diagnostic.error(Codes.L073.name(), stage.name().place(), "`" + name + "` is made of itself"));
            return null;
        }
        if (generate.text().stages().size() > 1) {
            return null;
        }
        Bound base = bound(generate.text().stages().get(0), generate.unit(), underWay);
        return base == null ? null : bind(stage, base.source, base.sizes, base.functions, from);
    }

    private void unknownLayer(Syntax.Stage stage, Unit from) {
        Set<String> known = new LinkedHashSet<>(from.layers.keySet());
        known.addAll(from.generates.keySet());
        String name = stage.name().text();
        Diagnostic diagnostic =
                Diagnostic.error(Codes.L022.name(), stage.name().place(), "there is no layer `" + name + "`");
        found.add(Nearest.to(name, known)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("declare it, or import it")));
    }

    private @Nullable Bound bind(
            Syntax.Stage stage,
            Unit.LayerSource source,
            Map<String, Long> before,
            Map<String, Symbol> functions,
            Unit from) {
        Map<String, Long> sizes = new LinkedHashMap<>(before);
        Map<String, Symbol> bound = new LinkedHashMap<>(functions);
        Set<String> opened = new LinkedHashSet<>();
        Map<String, Syntax.SizeText> known = new LinkedHashMap<>();
        source.text().sizes().forEach(s -> known.put(s.name().text(), s));
        Set<String> open = new LinkedHashSet<>();
        for (Syntax.Statement statement : source.text().statements()) {
            if (statement instanceof Syntax.FunctionText f) {
                open.add(f.name().text());
            }
        }
        boolean good = true;
        Map<String, Place> named = new LinkedHashMap<>();
        for (Syntax.Binding binding : stage.bindings()) {
            String name = binding.name().text();
            Place first = named.putIfAbsent(name, binding.place());
            if (first != null) {
                found.add(Diagnostic.error(Codes.L021.name(), binding.place(), "`" + name + "` is bound twice")
                        .note("first here", first));
                good = false;
            } else if (open.contains(name)) {
                good &= function(binding, bound, from);
            } else if (known.containsKey(name)) {
                good &= size(binding, sizes, before, opened);
            } else {
                Set<String> candidates = new LinkedHashSet<>(known.keySet());
                candidates.addAll(open);
                Diagnostic diagnostic = Diagnostic.error(
                        Codes.L022.name(),
                        binding.name().place(),
                        "the layer `" + source.text().name().text() + "` has no size `" + name + "`");
                found.add(Nearest.to(name, candidates)
                        .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                        .orElse(diagnostic.help(
                                candidates.isEmpty() ? "it has no sizes" : "it has " + String.join(", ", candidates))));
                good = false;
            }
        }
        for (Syntax.SizeText size : source.text().sizes()) {
            if (size.defaultValue() != null && !named.containsKey(size.name().text())) {
                OptionalLong value = constant(size.defaultValue(), new Diagnostics());
                value.ifPresent(v -> sizes.putIfAbsent(size.name().text(), v));
            }
        }
        Map<String, Long> ordered = new LinkedHashMap<>();
        known.keySet().stream().filter(sizes::containsKey).forEach(n -> ordered.put(n, sizes.getOrDefault(n, 0L)));
        return good ? new Bound(source, ordered, bound) : null;
    }

    private boolean size(
            Syntax.Binding binding, Map<String, Long> sizes, Map<String, Long> before, Set<String> opened) {
        String name = binding.name().text();
        if (before.containsKey(name)) {
            found.add(Diagnostic.error(
                    Codes.L070.name(), binding.place(), "`" + name + "` is bound to " + before.get(name) + " already"));
            return false;
        }
        if (binding.value() == null) {
            opened.add(name);
            return true;
        }
        Diagnostics own = new Diagnostics();
        OptionalLong value = constant(binding.value(), own);
        found.addAll(own.list());
        if (value.isPresent() && Math.abs(value.getAsLong()) > Integer.MAX_VALUE) {
            found.add(Diagnostic.error(
                    Codes.L070.name(),
                    binding.value().place(),
                    "the size `" + name + "` = " + value.getAsLong() + " does not fit 32 bits"));
            return false;
        }
        value.ifPresent(v -> sizes.put(name, v));
        return value.isPresent();
    }

    /** A number made of numbers; empty, and told, if it is none. */
    private static OptionalLong constant(Node node, Diagnostics told) {
        Context context = new Context(new Work(told), Names.empty(), Facts.NONE, Context.Use.SHAPE, null, false);
        IntExpr value = Resolver.integer(node, context);
        return value == null ? OptionalLong.empty() : value.asConstant();
    }

    private boolean function(Syntax.Binding binding, Map<String, Symbol> bound, Unit from) {
        String name = binding.name().text();
        Node value = binding.value();
        if (bound.containsKey(name)) {
            found.add(Diagnostic.error(Codes.L070.name(), binding.place(), "`" + name + "` is bound already"));
            return false;
        }
        if (value == null) {
            return true;
        }
        String to = Nodes.name(value);
        Fun.Known known = Calls.known(to);
        if (known != null) {
            bound.put(name, new Symbol.Function(known));
            return true;
        }
        Symbol symbol = to.isEmpty() ? null : from.definitions.find(to);
        if (symbol instanceof Symbol.Broken) {
            return false;
        }
        if (symbol instanceof Symbol.Defined d) {
            boolean scalar = d.definition().target().isEmpty()
                    && d.definition().parameters().size() == 1
                    && d.definition().parameters().get(0).brackets().isEmpty();
            if (scalar) {
                bound.put(name, new Symbol.FunctionBy(d.definition(), d.names()));
                return true;
            }
            found.add(Diagnostic.error(
                    Codes.L037.name(), value.place(), "`" + to + "` is no definition of one scalar argument"));
            return false;
        }
        Set<String> candidates = new LinkedHashSet<>(from.definitions.all());
        for (Fun.Known each : Fun.Known.values()) {
            candidates.add(each.toString());
        }
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L022.name(), value.place(), "`" + name + "` is bound to a function, and this is none");
        found.add(Nearest.to(to, candidates)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("functions are " + String.join(", ", candidates))));
        return false;
    }
}
