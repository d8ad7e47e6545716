package dev.adjoint.plan;

import dev.adjoint.derive.Derivation;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Set<Buffer> scratch = new LinkedHashSet<>();
    private final Set<Routine> preparations = new LinkedHashSet<>();

    Assembly(
            Generate generate,
            Derivation derivation,
            Tensors tensors,
            Map<String, Buffer> byTensor,
            Map<Ref, Planned> planned) {
        this.generate = generate;
        this.layer = generate.layer();
        this.derivation = derivation;
        this.tensors = tensors;
        this.byTensor = byTensor;
        this.planned = planned;
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
                choices.stream().filter(c -> computed.contains(c.target())).toList());
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
        Set<Ref> order = new LinkedHashSet<>();
        results.forEach(r -> demand(Tensors.plain(r), have, order));
        List<Buffer> parameters = new ArrayList<>(given);
        results.forEach(r -> parameters.add(tensors.of(r).as(Buffer.Role.RESULT)));
        lets.forEach(l -> parameters.add(l.as(Buffer.Role.GIVEN)));
        Set<String> passed = new HashSet<>();
        parameters.forEach(p -> passed.add(p.name()));
        Set<Routine> calls = new LinkedHashSet<>();
        for (Ref each : order) {
            preparations.addAll(Objects.requireNonNull(planned.get(each)).preparations());
            for (Routine routine : Objects.requireNonNull(planned.get(each)).routines()) {
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
    private Map<String, Set<String>> inPlace(List<Ref> results, Set<Ref> order, List<Buffer> parameters) {
        Map<String, Set<String>> inPlace = new HashMap<>();
        for (Ref result : results) {
            Ref own = Tensors.plain(result);
            Set<String> shared = new TreeSet<>();
            for (Ref read : Objects.requireNonNull(planned.get(own)).inPlace()) {
                boolean alone = order.stream()
                        .noneMatch(r -> !r.equals(own)
                                && Objects.requireNonNull(planned.get(r))
                                        .reads()
                                        .contains(read));
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

    private void demand(Ref ref, Set<Ref> have, Set<Ref> order) {
        Planned plan = planned.get(ref);
        if (have.contains(ref) || order.contains(ref) || plan == null) {
            return;
        }
        plan.reads().forEach(read -> demand(read, have, order));
        order.add(ref);
    }
}
