package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The layer that a chain of layers is, {@code A then B}: A's output becomes a let, which B reads in the place of its
 * first input. The sizes of that input's shape are settled by A's output ({@link Matching}); an input of one axis takes
 * an output of several laid out flat ({@link Feed}); names that collide get a number ({@link ChainNames}).
 */
final class Composition {
    /** @param bound the sizes that were bound, by their names in the chain */
    record Composed(Layer layer, Map<String, Long> bound) {}

    private final Syntax.GenerateText text;
    private final String packageName;
    private final Diagnostics found;

    Composition(Syntax.GenerateText text, String packageName, Diagnostics found) {
        this.text = text;
        this.packageName = packageName;
        this.found = found;
    }

    /** The chain as one layer; null, and told, if its layers do not fit. */
    @Nullable
    Composed of(List<Stages.Bound> chain) {
        Stages.Bound first = chain.get(0);
        if (chain.size() == 1) {
            Layer layer = resolved(first, first.sizes(), text.name());
            return layer == null ? null : new Composed(layer, inOrder(first, first.sizes()));
        }
        try {
            return composed(chain);
        } catch (ArithmeticException overflow) {
            found.add(Diagnostic.error(
                    Codes.L038.name(), text.name().place(), "the sizes of this chain lead to integers beyond 64 bits"));
            return null;
        }
    }

    private @Nullable Composed composed(List<Stages.Bound> chain) {
        List<Map<String, String>> names =
                ChainNames.of(chain.stream().map(b -> b.source().text()).toList());
        Set<String> reserved = new LinkedHashSet<>();
        names.forEach(called -> reserved.addAll(called.values()));
        Map<String, Long> bound = new LinkedHashMap<>();
        Layer whole = null;
        for (int k = 0; k < chain.size(); k++) {
            Stages.Bound next = chain.get(k);
            Map<String, String> called = new LinkedHashMap<>(names.get(k));
            Map<String, Long> values = new LinkedHashMap<>(next.sizes());
            Map<String, IntExpr> sizes = new LinkedHashMap<>();
            if (whole != null) {
                Map<String, IntExpr> matched = matched(whole, chain.get(k - 1), next);
                if (matched == null) {
                    return null;
                }
                matched.forEach((name, value) -> {
                    values.remove(name);
                    value.asConstant().ifPresent(v -> values.put(name, v));
                });
                sizes.putAll(matched);
            }
            Layer layer = resolved(next, values, next.at());
            if (layer == null) {
                return null;
            }
            layer.sizes().stream()
                    .filter(s -> called.containsKey(s.name()))
                    .forEach(s -> sizes.put(s.name(), IntExpr.var(called.getOrDefault(s.name(), s.name()))));
            inOrder(next, next.sizes()).forEach((name, value) -> {
                if (called.containsKey(name)) {
                    bound.put(called.getOrDefault(name, name), value);
                }
            });
            Layer reworded = Reworded.of(layer, new Reworded.Words(sizes, called, reserved));
            if (!holds(layer, reworded, next)) {
                return null;
            }
            whole = whole == null
                    ? reworded
                    : joined(whole, reworded, called.getOrDefault(fed(next), fed(next)), reserved);
        }
        Layer layer = Objects.requireNonNull(whole);
        if (layer.sizeDomain().isEmpty()) {
            found.add(Diagnostic.error(
                    Codes.L043.name(), text.name().place(), "no sizes satisfy what the layers of this chain assume"));
            return null;
        }
        return new Composed(layer, bound);
    }

    /** Sizes that have a value, in the layer's order. */
    private static Map<String, Long> inOrder(Stages.Bound bound, Map<String, Long> sizes) {
        Map<String, Long> ordered = new LinkedHashMap<>();
        for (Syntax.SizeText size : bound.source().text().sizes()) {
            Long value = sizes.get(size.name().text());
            if (value != null) {
                ordered.put(size.name().text(), value);
            }
        }
        return ordered;
    }

    /** The layer with these sizes; null, and told at a name, if it has errors. */
    private @Nullable Layer resolved(Stages.Bound bound, Map<String, Long> sizes, Syntax.Name at) {
        Map<String, IntExpr> values = new LinkedHashMap<>();
        sizes.forEach((name, value) -> values.put(name, IntExpr.of(value)));
        Diagnostics own = new Diagnostics();
        Layer layer = LayerResolver.resolve(
                bound.source().text(),
                bound.source().packageName(),
                Specs.definitions(bound.source(), own),
                new LayerResolver.Binding(values, bound.functions(), true),
                own);
        own.list().forEach(each -> found.add(inClass(at, each)));
        return layer;
    }

    /** What is wrong with the layer at the bound sizes, told where they are bound. */
    private Diagnostic inClass(Syntax.Name at, Diagnostic d) {
        String message = "in the class `" + text.name().text() + "`: " + d.message();
        Diagnostic moved = new Diagnostic(d.code(), d.severity(), at.place(), message, d.notes(), d.help());
        return moved.note("the layer says here", d.place());
    }

    // ---- what the one gives and the other takes

    private static Tensor output(Layer layer) {
        return layer.outputs().get(0);
    }

    /** The name of the layer's first input. */
    private static String fed(Stages.Bound bound) {
        return Objects.requireNonNull(ChainNames.fed(bound.source().text()))
                .shaped()
                .name()
                .text();
    }

    private void error(Stages.Bound at, String message, String help) {
        found.add(Diagnostic.error(Codes.L073.name(), at.at().place(), message).help(help));
    }

    /** The sizes of the next layer's first input, over those before; null, and told, if there are none. */
    private @Nullable Map<String, IntExpr> matched(Layer whole, Stages.Bound before, Stages.Bound next) {
        if (whole.outputs().size() != 1) {
            String outputs = String.join(
                    ", ",
                    whole.outputs().stream().map(t -> "`" + t.name() + "`").toList());
            error(
                    before,
                    "`" + before.name() + "` has the outputs " + outputs + ", and `" + next.name() + "` takes one",
                    "before `then` stands a layer with one output");
            return null;
        }
        Syntax.Given fed = ChainNames.fed(next.source().text());
        if (fed == null) {
            boolean integers = next.source().text().statements().stream()
                    .anyMatch(s -> s instanceof Syntax.Given g && g.integer());
            error(
                    next,
                    "`" + next.name() + "` has no input that could take the output of `" + before.name() + "`",
                    integers
                            ? "its integers are given; what a layer computes are values"
                            : "after `then` stands a layer with an `input`");
            return null;
        }
        List<IntExpr> wanted = shape(next, fed);
        if (wanted == null) {
            return null;
        }
        Tensor output = output(whole);
        List<IntExpr> given = output.shape();
        boolean flat = wanted.size() == 1 && given.size() > 1;
        if (flat) {
            given = List.of(given.stream().reduce(IntExpr.ONE, IntExpr::times));
        }
        String here = "`" + before.name() + "` gives " + output.name() + shown(output.shape()) + ", and `" + next.name()
                + "` takes " + fed.shaped().name().text() + shown(wanted) + (flat ? ", laid out flat" : "");
        if (wanted.size() != given.size()) {
            found.add(Diagnostic.error(Codes.L073.name(), next.at().place(), here + ", of another number of axes")
                    .note("the input is declared here", fed.shaped().place())
                    .help("an input of one axis takes any output laid out flat; else put a layer between that has the"
                            + " shape, as adjoint.shape.Flatten"));
            return null;
        }
        try {
            Function<String, OptionalLong> defaults = size -> {
                Long value = next.byDefault().contains(size) ? next.sizes().get(size) : null;
                return value == null ? OptionalLong.empty() : OptionalLong.of(value);
            };
            return Matching.solve(given, wanted, defaults, whole.sizeDomain());
        } catch (Matching.Misfit misfit) {
            found.add(Diagnostic.error(Codes.L073.name(), next.at().place(), here + ": " + misfit.getMessage())
                    .note("the input is declared here", fed.shaped().place())
                    .help("bind the sizes so that both shapes are the same"));
            return null;
        }
    }

    private static String shown(List<IntExpr> shape) {
        return shape.isEmpty() ? "" : Matching.shown(shape);
    }

    /** The shape of the first input, over the sizes that are not named as unknowns; null, and told, if it has errors. */
    private @Nullable List<IntExpr> shape(Stages.Bound bound, Syntax.Given given) {
        Names names = Names.empty();
        for (Syntax.SizeText size : bound.source().text().sizes()) {
            String name = size.name().text();
            Long value = bound.byDefault().contains(name) ? null : bound.sizes().get(name);
            names.put(name, new Symbol.Int(value == null ? Matching.unknown(name) : IntExpr.of(value), true));
        }
        Diagnostics own = new Diagnostics();
        Context shapes = new Context(new Work(own), names, Facts.NONE, Context.Use.SHAPE, null, false);
        List<IntExpr> shape = Resolver.integers(given.shaped().brackets(), shapes);
        own.list().forEach(each -> found.add(inClass(bound.at(), each)));
        return shape;
    }

    /** False, and told, if what comes before never fulfils what the layer assumes. */
    private boolean holds(Layer layer, Layer reworded, Stages.Bound next) {
        boolean good = true;
        for (int k = 0; k < layer.assumptions().size(); k++) {
            if (reworded.assumptions().get(k).equals(Cond.FALSE)) {
                error(
                        next,
                        "`" + next.name() + "` assumes "
                                + Printer.print(layer.assumptions().get(k))
                                + ", which does not hold for what comes before it",
                        "bind other sizes");
                good = false;
            }
        }
        return good;
    }

    // ---- both together

    /** @param input the name of what the later layer reads */
    private Layer joined(Layer before, Layer layer, String input, Set<String> reserved) {
        Tensor output = output(before);
        Tensor let = new Tensor(output.name(), Tensor.Role.LET, output.shape(), output.limit(), output.place());
        List<Tensor> tensors = new ArrayList<>();
        before.tensors().forEach(t -> tensors.add(t.equals(output) ? let : t));
        List<Equation> equations = new ArrayList<>();
        List<Range> axes = List.of();
        for (Equation e : before.equations()) {
            boolean last = e.target().equals(output);
            axes = last ? e.indices() : axes;
            equations.add(last ? new Equation(let, e.indices(), e.rhs(), e.place()) : e);
        }
        Layer after = Feed.of(layer, layer.tensor(input).orElseThrow(), let, axes, reserved);
        tensors.addAll(after.tensors());
        equations.addAll(after.equations());
        return new Layer(
                packageName,
                text.name().text(),
                both(List.of(before.doc()), List.of(layer.doc())).stream()
                        .filter(doc -> !doc.isBlank())
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse(""),
                both(before.sizes(), after.sizes()),
                tensors,
                both(before.functions(), after.functions()),
                equations,
                both(before.assumptions(), after.assumptions()),
                both(before.valueAssumptions(), after.valueAssumptions()),
                List.of(),
                List.of(),
                both(before.openReads(), after.openReads()),
                text.place());
    }

    /** The one list behind the other, without what holds anyway or was said before. */
    private static <T> List<T> both(List<T> first, List<T> second) {
        Set<T> all = new LinkedHashSet<>(first);
        all.addAll(second);
        all.removeIf(each -> each.equals(Cond.TRUE)
                || each instanceof Layer.OpenRead read && read.inside().equals(Cond.TRUE));
        return List.copyOf(all);
    }
}
