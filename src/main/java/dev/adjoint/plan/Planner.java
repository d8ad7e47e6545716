package dev.adjoint.plan;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides how a class computes its layer: which definitions each method runs, and each definition's loop nest. */
public final class Planner {
    private final Generate generate;
    private final Layer layer;
    private final Derivation derivation;
    private final Set<String> reserved;
    private final Tensors tensors = new Tensors();
    private final Map<String, Buffer> byTensor = new LinkedHashMap<>();
    private final Map<Ref, Planned> planned = new LinkedHashMap<>();
    private final List<Choice> choices = new ArrayList<>();

    /** A definition with its routine, the one that runs it, and what must be there before. */
    record Planned(Definition definition, List<Routine> routines, Set<Ref> reads) {}

    private Planner(Generate generate, Derivation derivation, Set<String> reserved) {
        this.generate = generate;
        this.layer = generate.layer();
        this.derivation = derivation;
        this.reserved = reserved;
    }

    /**
     * The plan of a class.
     *
     * @param reserved words that no buffer, size or local may be called by
     */
    public static ClassPlan plan(Generate generate, Derivation derivation, Set<String> reserved) {
        return new Planner(generate, derivation, reserved).plan();
    }

    private ClassPlan plan() {
        name();
        Set<String> taken = new HashSet<>(reserved);
        layer.sizes().forEach(s -> taken.add(s.name()));
        tensors.all().forEach(b -> taken.add(b.name()));
        derivation.gradients().forEach(g -> g.indices().forEach(i -> taken.add(i.name())));
        layer.equations().forEach(e -> e.indices().forEach(i -> taken.add(i.name())));
        Scopes names = new Scopes(taken);
        Hoist.Shared shared = new Hoist.Shared(tensors, names);
        for (Equation equation : layer.equations()) {
            Ref target = Ref.value(equation.target().name());
            prepare(new Definition(target, equation.indices(), equation.rhs()), shared);
        }
        for (Gradient gradient : derivation.gradients()) {
            prepare(new Definition(gradient.ref(), gradient.indices(), gradient.formula()), shared);
        }
        return assemble();
    }

    /** Buffers for everything that has a name in the layer. */
    private void name() {
        boolean sole = layer.outputs().size() == 1;
        for (Tensor tensor : layer.tensors()) {
            Buffer.Role role = switch (tensor.role()) {
                case INPUT, PARAM, CONST -> Buffer.Role.GIVEN;
                case OUTPUT -> Buffer.Role.RESULT;
                case LET -> Buffer.Role.SCRATCH;
            };
            Buffer buffer = new Buffer(safe(tensor.name()), role, tensor.isInteger(), tensor.shape());
            byTensor.put(tensor.name(), buffer);
            tensors.put(Ref.value(tensor.name()), buffer);
            String capital = capital(tensor.name());
            if (tensor.role() == Tensor.Role.OUTPUT) {
                String name = sole ? "delta" : "delta" + capital;
                tensors.put(Ref.delta(tensor.name(), sole), new Buffer(name, Buffer.Role.GIVEN, false, tensor.shape()));
            }
            Buffer.Role gradient = tensor.hasGradient() ? Buffer.Role.RESULT : Buffer.Role.SCRATCH;
            tensors.put(Ref.grad(tensor.name()), new Buffer("grad" + capital, gradient, false, tensor.shape()));
        }
    }

    private String safe(String name) {
        return reserved.contains(name) ? name + "_" : name;
    }

    /** As it stands in the name of a method: {@code w → W}. */
    public static String capital(String name) {
        int first = name.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toUpperCase(first))
                .append(name.substring(Character.charCount(first)))
                .toString();
    }

    private void prepare(Definition definition, Hoist.Shared shared) {
        Expr rhs = new BoundConditions().expr(new FactorOut().expr(definition.rhs()));
        List<Definition> parts = Hoist.apply(definition.with(rhs), shared);
        for (Definition part : parts.subList(0, parts.size() - 1)) {
            prepare(part, shared);
        }
        Definition last = parts.get(parts.size() - 1);
        Definition clamped = last.with(new ClampReads(tensors, last.indices()).expr(last.rhs()));
        Set<Ref> reads = new LinkedHashSet<>();
        Variables.refs(last.rhs()).forEach(r -> reads.add(Tensors.plain(r)));
        planned.put(Tensors.plain(definition.target()), new Planned(clamped, List.of(routine(clamped, reads)), reads));
    }

    private Routine routine(Definition definition, Set<Ref> reads) {
        Buffer target = tensors.of(definition.target());
        Set<String> taken = new HashSet<>(reserved);
        layer.sizes().forEach(s -> {
            taken.add(s.name());
            taken.add(safe(s.name()));
        });
        List<Buffer> buffers = new ArrayList<>();
        for (Ref read : reads) {
            Buffer buffer = tensors.of(read);
            if (!buffers.contains(buffer)) {
                buffers.add(buffer);
            }
        }
        buffers.add(target);
        buffers.forEach(b -> taken.add(b.name()));
        Step nest = new Lowering(tensors, new Scopes(taken)).lower(definition);
        Unroll unroll = new Unroll(generate.options().unroll() == Generate.Options.Unroll.NONE ? 0 : 64);
        Step body = unroll.apply(nest, definition.indices().size());
        choices.add(new Choice(
                target.name(),
                unroll.count() > 0
                        ? "loop nest in equation order, inner reductions written out"
                        : "loop nest in equation order",
                unroll.count() > 0 ? "their ranges are fixed and short" : "it computes any layer"));
        return new Routine("compute" + capital(target.name()), List.of(), buffers, List.of(), body);
    }

    private ClassPlan assemble() {
        boolean save = generate.options().save();
        List<Buffer> lets = new ArrayList<>();
        if (save) {
            layer.tensors(Tensor.Role.LET).forEach(t -> lets.add(byTensor.get(t.name())));
        }
        List<Buffer> given =
                layer.given().stream().map(t -> byTensor.get(t.name())).toList();
        List<Entry> entries = new ArrayList<>();
        Set<Buffer> scratch = new LinkedHashSet<>();

        List<Ref> outputs =
                layer.outputs().stream().map(t -> Ref.value(t.name())).toList();
        List<Ref> forward = new ArrayList<>(outputs);
        if (save) {
            layer.tensors(Tensor.Role.LET).forEach(t -> forward.add(Ref.value(t.name())));
        }
        List<Buffer> deltas = new ArrayList<>();
        layer.outputs().forEach(t -> deltas.add(tensors.of(Ref.delta(t.name(), false))));
        entries.add(entry("forward", given, forward, List.of(), scratch));
        List<Buffer> before = new ArrayList<>(deltas);
        before.addAll(given);
        List<Ref> gradients = new ArrayList<>();
        layer.differentiable().stream()
                .filter(t -> derivation.of(t.name()).isPresent())
                .forEach(t -> gradients.add(Ref.grad(t.name())));
        if (!gradients.isEmpty()) {
            entries.add(entry("backward", before, gradients, lets, scratch));
            for (Ref gradient : gradients) {
                entries.add(entry("grad" + capital(gradient.name()), before, List.of(gradient), lets, scratch));
            }
        }
        Set<Routine> routines = new LinkedHashSet<>();
        entries.forEach(e -> e.calls().forEach(c -> collect(c, routines)));
        return new ClassPlan(
                generate, derivation, byTensor, entries, List.copyOf(routines), List.copyOf(scratch), used(entries));
    }

    private List<Choice> used(List<Entry> entries) {
        Set<String> computed = new HashSet<>();
        entries.forEach(e -> e.calls().forEach(r -> r.buffers().forEach(b -> computed.add(b.name()))));
        return choices.stream().filter(c -> computed.contains(c.target())).toList();
    }

    private static void collect(Routine routine, Set<Routine> all) {
        calls(routine.body(), all);
        all.add(routine);
    }

    private static void calls(Step step, Set<Routine> all) {
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Call call) {
                    collect(call.routine(), all);
                }
                return super.step(s);
            }
        }.step(step);
    }

    /** A method that computes the results, in the order in which one needs the other. */
    private Entry entry(String name, List<Buffer> given, List<Ref> results, List<Buffer> lets, Set<Buffer> scratch) {
        Set<Ref> have = new HashSet<>();
        for (Tensor let : layer.tensors(Tensor.Role.LET)) {
            if (lets.contains(byTensor.get(let.name()))) {
                have.add(Ref.value(let.name()));
            }
        }
        Set<Ref> order = new LinkedHashSet<>();
        results.forEach(r -> demand(Tensors.plain(r), have, order));
        List<Buffer> parameters = new ArrayList<>(given);
        for (Ref result : results) {
            Buffer buffer = tensors.of(result);
            parameters.add(new Buffer(buffer.name(), Buffer.Role.RESULT, buffer.integer(), buffer.shape()));
        }
        for (Buffer let : lets) {
            parameters.add(new Buffer(let.name(), Buffer.Role.GIVEN, let.integer(), let.shape()));
        }
        Set<String> passed = new HashSet<>();
        parameters.forEach(p -> passed.add(p.name()));
        List<Routine> calls = new ArrayList<>();
        for (Ref each : order) {
            for (Routine routine :
                    java.util.Objects.requireNonNull(planned.get(each)).routines()) {
                calls.add(routine);
                Set<Routine> all = new LinkedHashSet<>();
                collect(routine, all);
                all.forEach(r -> r.buffers().stream()
                        .filter(b -> !passed.contains(b.name()))
                        .forEach(b -> scratch.add(new Buffer(b.name(), Buffer.Role.SCRATCH, b.integer(), b.shape()))));
            }
        }
        return new Entry(name, parameters, calls);
    }

    private void demand(Ref ref, Set<Ref> have, Set<Ref> order) {
        if (have.contains(ref) || order.contains(ref)) {
            return;
        }
        Planned plan = planned.get(ref);
        if (plan == null) {
            return;
        }
        for (Ref read : plan.reads()) {
            demand(read, have, order);
        }
        order.add(ref);
    }

    /** The sizes that a class' constructor takes. */
    public static List<String> open(Generate generate) {
        return generate.open().stream().map(Size::name).toList();
    }

    static String fresh(String name, Set<String> taken) {
        return Names.fresh(name, taken);
    }
}
