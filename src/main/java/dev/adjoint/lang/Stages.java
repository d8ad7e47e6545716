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

/**
 * The layers that a {@code generate} names, one after the other, each with what is bound of it. A stage that names
 * another {@code generate} stands for all of its layers; brackets behind it name their sizes and functions as they are
 * called there ({@link ChainNames}).
 */
final class Stages {
    /** The longest chain: one that is made of chains of chains comes to its end here. */
    private static final int MOST = 100;

    /**
     * A layer with what is bound of it.
     *
     * @param sizes the sizes that have a value
     * @param byDefault those among them that nobody named
     * @param opened sizes that are to stay open though they have a default
     * @param at what names it, in the file that asks for the class
     */
    record Bound(
            Unit.LayerSource source,
            Map<String, Long> sizes,
            Set<String> byDefault,
            Set<String> opened,
            Map<String, Symbol> functions,
            Syntax.Name at) {
        private static Bound none(Unit.LayerSource source, Syntax.Name at) {
            return new Bound(
                    source,
                    new LinkedHashMap<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashMap<>(),
                    at);
        }

        /** The same, to be bound further under another name. */
        private Bound copy(Syntax.Name name) {
            return new Bound(
                    source,
                    new LinkedHashMap<>(sizes),
                    new LinkedHashSet<>(byDefault),
                    new LinkedHashSet<>(opened),
                    new LinkedHashMap<>(functions),
                    name);
        }

        String name() {
            return source.text().name().text();
        }
    }

    private final Diagnostics found;
    private final Set<String> underWay = new LinkedHashSet<>();

    Stages(Diagnostics found) {
        this.found = found;
    }

    /** The layers of a class of the file; null, and told, if one is not known or not bound rightly. */
    @Nullable
    List<Bound> of(Syntax.GenerateText text, Unit unit) {
        underWay.add(text.name().text());
        List<Bound> chain = new ArrayList<>();
        boolean good = true;
        for (Syntax.Stage stage : text.stages()) {
            List<Bound> part = stage(stage, unit);
            good &= part != null;
            if (part != null) {
                chain.addAll(part);
            }
        }
        underWay.remove(text.name().text());
        if (good && chain.size() > MOST) {
            found.add(Diagnostic.error(
                    Codes.L073.name(), text.name().place(), "this is a chain of more than " + MOST + " layers"));
            return null;
        }
        return good ? chain : null;
    }

    private @Nullable List<Bound> stage(Syntax.Stage stage, Unit from) {
        String name = stage.name().text();
        Unit.LayerSource source = from.layers.get(name);
        Unit.GenerateSource generate = from.generates.get(name);
        if (source != null) {
            List<Bound> bound = bind(stage, List.of(Bound.none(source, stage.name())), from);
            return from.broken.contains(name) ? null : bound;
        }
        if (from.broken.contains(name)) {
            return null;
        }
        if (generate == null) {
            unknownLayer(stage, from);
            return null;
        }
        if (underWay.contains(name)) {
            found.add(Diagnostic.error(Codes.L073.name(), stage.name().place(), "`" + name + "` is made of itself"));
            return null;
        }
        List<Bound> base = of(generate.text(), generate.unit());
        return base == null ? null : bind(stage, base, from);
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

    /** Where a name of a chain comes from. */
    private record Origin(Bound layer, String name, boolean function) {}

    private static Map<String, Origin> origins(List<Bound> chain) {
        List<Map<String, String>> names =
                ChainNames.of(chain.stream().map(b -> b.source.text()).toList());
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (int k = 0; k < chain.size(); k++) {
            Bound layer = chain.get(k);
            Map<String, String> called = names.get(k);
            for (Syntax.SizeText size : layer.source.text().sizes()) {
                String own = size.name().text();
                String now = called.get(own);
                if (now != null) {
                    origins.put(now, new Origin(layer, own, false));
                }
            }
            for (Syntax.Statement statement : layer.source.text().statements()) {
                if (statement instanceof Syntax.FunctionText f) {
                    String own = f.name().text();
                    origins.put(called.getOrDefault(own, own), new Origin(layer, own, true));
                }
            }
        }
        return origins;
    }

    private @Nullable List<Bound> bind(Syntax.Stage stage, List<Bound> before, Unit from) {
        List<Bound> chain = before.stream().map(b -> b.copy(stage.name())).toList();
        Map<String, Origin> known = origins(chain);
        boolean good = true;
        Map<String, Place> named = new LinkedHashMap<>();
        for (Syntax.Binding binding : stage.bindings()) {
            String name = binding.name().text();
            Place first = named.putIfAbsent(name, binding.place());
            Origin origin = known.get(name);
            if (first != null) {
                found.add(Diagnostic.error(Codes.L021.name(), binding.place(), "`" + name + "` is bound twice")
                        .note("first here", first));
                good = false;
            } else if (origin == null) {
                unknownName(binding, chain, known.keySet());
                good = false;
            } else if (origin.function()) {
                good &= function(binding, origin, from);
            } else {
                good &= size(binding, origin);
            }
        }
        chain.forEach(Stages::bindDefaults);
        return good ? chain : null;
    }

    private static void bindDefaults(Bound layer) {
        for (Syntax.SizeText size : layer.source.text().sizes()) {
            String name = size.name().text();
            if (size.defaultValue() != null && !layer.opened.contains(name) && !layer.sizes.containsKey(name)) {
                constant(size.defaultValue(), new Diagnostics()).ifPresent(value -> {
                    layer.sizes.put(name, value);
                    layer.byDefault.add(name);
                });
            }
        }
    }

    private void unknownName(Syntax.Binding binding, List<Bound> chain, Set<String> candidates) {
        String name = binding.name().text();
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L022.name(),
                binding.name().place(),
                "the layer `" + title(chain) + "` has no size `" + name + "`");
        found.add(Nearest.to(name, candidates)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help(
                        candidates.isEmpty() ? "it has no sizes" : "it has " + String.join(", ", candidates))));
    }

    /** {@code Conv2d then Activation}. */
    static String title(List<Bound> chain) {
        return String.join(" then ", chain.stream().map(Bound::name).toList());
    }

    private boolean size(Syntax.Binding binding, Origin origin) {
        Map<String, Long> sizes = origin.layer().sizes;
        String name = binding.name().text();
        if (sizes.containsKey(origin.name())) {
            found.add(Diagnostic.error(
                    Codes.L070.name(),
                    binding.place(),
                    "`" + name + "` is bound to " + sizes.get(origin.name()) + " already"));
            return false;
        }
        if (binding.value() == null) {
            origin.layer().opened.add(origin.name());
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
        value.ifPresent(v -> sizes.put(origin.name(), v));
        return value.isPresent();
    }

    /** A number made of numbers; empty, and told, if it is none. */
    private static OptionalLong constant(Node node, Diagnostics told) {
        Context context = new Context(new Work(told), Names.empty(), Facts.NONE, Context.Use.SHAPE, null, false);
        IntExpr value = Resolver.integer(node, context);
        return value == null ? OptionalLong.empty() : value.asConstant();
    }

    private boolean function(Syntax.Binding binding, Origin origin, Unit from) {
        Map<String, Symbol> bound = origin.layer().functions;
        String name = binding.name().text();
        Node value = binding.value();
        if (bound.containsKey(origin.name())) {
            found.add(Diagnostic.error(Codes.L070.name(), binding.place(), "`" + name + "` is bound already"));
            return false;
        }
        if (value == null) {
            return true;
        }
        String to = Nodes.name(value);
        Fun.Known known = Calls.known(to);
        if (known != null) {
            bound.put(origin.name(), new Symbol.Function(known));
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
                bound.put(origin.name(), new Symbol.FunctionBy(d.definition(), d.names()));
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
