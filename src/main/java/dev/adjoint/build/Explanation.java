package dev.adjoint.build;

import dev.adjoint.derive.Derive;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.emit.Emitter;
import dev.adjoint.lang.Generate;
import dev.adjoint.plan.Choice;
import dev.adjoint.plan.ClassPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a class computes its tensors, and why so.
 *
 * @param className the fully qualified name
 * @param what the layer and its bound sizes, as {@code Conv2d with K1 = 3}
 * @param spec the name of the spec
 * @param plans by what they are for, as {@code plain Java}: what was chosen for each tensor
 * @param recorded the tensors for which a record decided
 * @param warnings lines of the record that had no effect
 */
public record Explanation(
        String className,
        String what,
        String spec,
        Map<String, List<Choice>> plans,
        Set<String> recorded,
        List<Diagnostic> warnings) {
    public Explanation {
        recorded = Set.copyOf(recorded);
        warnings = List.copyOf(warnings);
        plans = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    }

    /**
     * Of every class that the specs generate, in the order of the text.
     *
     * @throws dev.adjoint.diagnostic.AdjointException if a spec is wrong or a class cannot be emitted
     */
    public static List<Explanation> of(BuildRequest request) {
        return Deep.call("a formula", () -> {
            List<Explanation> explanations = new ArrayList<>();
            SpecSet specs = SpecSet.load(request, Progress.NONE);
            PlanFiles records = PlanFiles.of(specs);
            for (SpecSet.Loaded loaded : specs.files()) {
                for (Generate generate : loaded.file().generates()) {
                    explanations.add(of(generate, loaded.spec().name(), records.chooser(loaded.spec(), generate)));
                }
            }
            return List.copyOf(explanations);
        });
    }

    private static Explanation of(Generate generate, String spec, Recorded chooser) {
        Map<String, List<Choice>> plans = new LinkedHashMap<>();
        for (Map.Entry<Generate.Options.Target, ClassPlan> plan : Emitter.plans(
                        generate, Derive.derive(generate.layer()), chooser)
                .entrySet()) {
            boolean plain = plan.getKey() == Generate.Options.Target.PORTABLE;
            plans.put(plain ? "plain Java" : "Vector API", plan.getValue().choices());
        }
        String bound = generate.bound().isEmpty()
                ? ""
                : " with "
                        + String.join(
                                ", ",
                                generate.bound().entrySet().stream()
                                        .map(e -> e.getKey() + " = " + e.getValue())
                                        .toList());
        String name = generate.javaPackage().isEmpty()
                ? generate.className()
                : generate.javaPackage() + "." + generate.className();
        return new Explanation(name, generate.origin() + bound, spec, plans, chooser.taken(), chooser.warnings());
    }
}
