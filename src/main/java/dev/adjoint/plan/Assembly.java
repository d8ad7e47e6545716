package dev.adjoint.plan;

import dev.adjoint.derive.Derivation;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The public methods of a class: which routines each of them runs, in the order in which one needs the other. */
final class Assembly {
    private final Generate generate;
    private final Layer layer;
    private final Derivation derivation;
    private final Tensors tensors;
    private final Map<String, Buffer> byTensor;
    private final Map<Ref, Planned> planned;
    private final Map<Ref, Fused> fused;
    private final Set<Planned> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Buffer> scratch = new LinkedHashSet<>();
    private final Set<Routine> preparations = new LinkedHashSet<>();

    Assembly(
            Generate generate,
            Derivation derivation,
            Tensors tensors,
            Map<String, Buffer> byTensor,
            Map<Ref, Planned> planned,
            Map<Ref, Fused> fused) {
        this.generate = generate;
        this.layer = generate.layer();
        this.derivation = derivation;
        this.tensors = tensors;
        this.byTensor = byTensor;
        this.planned = planned;
        this.fused = fused;
    }

    ClassPlan plan(Map<String, IntExpr> extents, List<Choice> choices) {
        List<Tensor> saved = generate.options().save() ? layer.tensors(Tensor.Role.LET) : List.of();
        List<Buffer> lets = saved.stream().map(t -> buffer(t)).toList();
        List<Buffer> given = layer.given().stream().map(t -> buffer(t)).toList();
        List<Ref> forward = new ArrayList<>();
        layer.outputs().forEach(t -> forward.add(Ref.value(t.name())));
        saved.forEach(t -> forward.add(Ref.value(t.name())));
        List<Entry> entries = new ArrayList<>();
        entries.add(entry("forward", given, forward, List.of()));

        List<Buffer> before = new ArrayList<>();
        layer.outputs().forEach(t -> before.add(tensors.of(Ref.delta(t.name(), false))));
        before.addAll(given);
        List<Ref> gradients = new ArrayList<>();
        layer.differentiable().stream()
                .filter(t -> derivation.of(t.name()).isPresent())
                .forEach(t -> gradients.add(Ref.grad(t.name())));
        if (!gradients.isEmpty()) {
            entries.add(entry("backward", before, gradients, lets));
            for (Ref gradient : gradients) {
                entries.add(entry("grad" + Planner.capital(gradient.name()), before, List.of(gradient), lets));
            }
        }
        Set<Routine> routines = new LinkedHashSet<>();
        entries.forEach(e -> e.calls().forEach(c -> collect(c, routines)));
        Set<String> computed = new HashSet<>();
        routines.addAll(preparations);
        routines.forEach(r -> r.buffers().forEach(b -> computed.add(b.name())));
        return new ClassPlan(
                generate,
                derivation,
                byTensor,
                extents,
                entries,
                List.copyOf(routines),
                List.copyOf(scratch),
                List.copyOf(preparations),
                choices.stream()
                        .filter(c -> computed.contains(c.target()))
                        .flatMap(c -> taken(c).stream())
                        .toList());
    }

    /** Of what can be computed with lets put in the ways in which it is. */
    private List<Choice> taken(Choice choice) {
        for (Map.Entry<Ref, Fused> each : fused.entrySet()) {
            if (choice.target().equals(tensors.of(each.getKey()).name())) {
                List<Choice> taken = new ArrayList<>();
                if (used.contains(each.getValue().plan())) {
                    taken.add(each.getValue().choice());
                }
                if (used.contains(planned.get(each.getKey()))) {
                    taken.add(choice);
                }
                return taken;
            }
        }
        return List.of(choice);
    }

    /** What must be computed for some results, each after what it reads, and how. */
    private Map<Ref, Planned> needed(List<Ref> results, Set<Ref> have) {
        Map<Ref, Planned> plans = new HashMap<>(planned);
        fused.forEach((ref, each) -> plans.put(ref, each.plan()));
        while (true) {
            Map<Ref, Planned> order = new LinkedHashMap<>();
            results.forEach(r -> demand(Tensors.plain(r), plans, have, order));
            // A let that something else needs is computed anyway, and not put in.
            List<Ref> apart = order.keySet().stream()
                    .filter(r -> fused.containsKey(r) && plans.get(r) != planned.get(r))
                    .filter(r ->
                            Objects.requireNonNull(fused.get(r)).lets().stream().anyMatch(order::containsKey))
                    .toList();
            if (apart.isEmpty()) {
                used.addAll(order.values());
                return order;
            }
            apart.forEach(r -> plans.put(r, Objects.requireNonNull(planned.get(r))));
        }
    }

    private Buffer buffer(Tensor tensor) {
        return Objects.requireNonNull(byTensor.get(tensor.name()));
    }

    private static void collect(Routine routine, Set<Routine> all) {
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Call call) {
                    collect(call.routine(), all);
                } else if (s instanceof Step.Share share) {
                    collect(share.part(), all);
                }
                return super.step(s);
            }
        }.step(routine.body());
        all.add(routine);
    }

    private Entry entry(String name, List<Buffer> given, List<Ref> results, List<Buffer> lets) {
        Set<Ref> have = new HashSet<>();
        for (Tensor let : layer.tensors(Tensor.Role.LET)) {
            if (lets.contains(buffer(let))) {
                have.add(Ref.value(let.name()));
            }
        }
        Map<Ref, Planned> order = needed(results, have);
        List<Buffer> parameters = new ArrayList<>(given);
        results.forEach(r -> parameters.add(tensors.of(r).as(Buffer.Role.RESULT)));
        lets.forEach(l -> parameters.add(l.as(Buffer.Role.GIVEN)));
        Set<String> passed = new HashSet<>();
        parameters.forEach(p -> passed.add(p.name()));
        Set<Routine> calls = new LinkedHashSet<>();
        for (Planned each : order.values()) {
            preparations.addAll(each.preparations());
            for (Routine routine : each.routines()) {
                calls.add(routine);
                Set<Routine> all = new LinkedHashSet<>();
                collect(routine, all);
                all.forEach(r -> r.buffers().stream()
                        .filter(b -> !passed.contains(b.name()))
                        .forEach(b -> scratch.add(b.role() == Buffer.Role.BLOCK ? b : b.as(Buffer.Role.SCRATCH))));
            }
        }
        return new Entry(name, parameters, List.copyOf(calls), inPlace(results, order, parameters));
    }

    /** A result may take the place of what nothing but its own definition reads, each entry where it is written. */
    private Map<String, Set<String>> inPlace(List<Ref> results, Map<Ref, Planned> order, List<Buffer> parameters) {
        Map<String, Set<String>> inPlace = new HashMap<>();
        for (Ref result : results) {
            Ref own = Tensors.plain(result);
            Set<String> shared = new TreeSet<>();
            for (Ref read : Objects.requireNonNull(order.get(own)).inPlace()) {
                boolean alone = order.entrySet().stream()
                        .noneMatch(r ->
                                !r.getKey().equals(own) && r.getValue().reads().contains(read));
                Buffer buffer = tensors.of(read);
                boolean passed = parameters.stream()
                        .anyMatch(p -> p.role() == Buffer.Role.GIVEN && p.name().equals(buffer.name()));
                if (alone && passed && buffer.shape().equals(tensors.of(own).shape())) {
                    shared.add(buffer.name());
                }
            }
            inPlace.put(tensors.of(own).name(), shared);
        }
        return inPlace;
    }

    private static void demand(Ref ref, Map<Ref, Planned> plans, Set<Ref> have, Map<Ref, Planned> order) {
        Planned plan = plans.get(ref);
        if (have.contains(ref) || order.containsKey(ref) || plan == null) {
            return;
        }
        plan.reads().forEach(read -> demand(read, plans, have, order));
        order.put(ref, plan);
    }
}
