package dev.adjoint.build;

import dev.adjoint.check.Contest;
import dev.adjoint.check.TuneSettings;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitter;
import dev.adjoint.lang.Generate;
import dev.adjoint.plan.Choice;
import dev.adjoint.plan.Chooser;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Entry;
import dev.adjoint.plan.Planner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The plans of one class that are to be measured: for each tensor that has a choice those that the model finds cheap. */
final class Rivals {
    private final SpecSet.Loaded loaded;
    private final Generate generate;
    private final Derivation derivation;
    private final Map<String, Long> sizes;
    private final Map<String, List<String>> plans = new LinkedHashMap<>();
    private final Map<String, String> methods = new LinkedHashMap<>();
    private final Map<String, Integer> standing = new LinkedHashMap<>();

    /** @param sizes what its open sizes are to be */
    Rivals(
            SpecSet.Loaded loaded,
            Generate generate,
            Map<String, Long> sizes,
            PlanFiles records,
            TuneSettings settings) {
        this.loaded = loaded;
        this.generate = generate;
        this.sizes = sizes;
        this.derivation = Derive.derive(generate.layer());
        ClassPlan plan = Objects.requireNonNull(
                Emitter.plans(generate, derivation, Chooser.CHEAPEST).get(Generate.Options.Target.VECTOR));
        PlanRecord record = records.of(loaded.spec());
        for (Choice choice : plan.choices()) {
            Optional<Entry> shortest = shortest(plan, choice.target());
            if (choice.considered().size() > 1 && shortest.isPresent()) {
                methods.put(choice.target(), shortest.get().name());
                Optional<String> recorded =
                        record.of(generate.className(), choice.target()).map(PlanRecord.Line::plan);
                rank(choice, recorded, settings.candidates());
            }
        }
    }

    /** The method that computes a tensor and the least beside it. */
    private static Optional<Entry> shortest(ClassPlan plan, String target) {
        String routine = "compute" + Planner.capital(target);
        return plan.entries().stream()
                .filter(e -> e.calls().stream().anyMatch(r -> r.name().equals(routine)))
                .min(Comparator.comparingInt(e -> e.calls().size()));
    }

    /**
     * The model's choice first; the cheapest, up to half of all; the cheapest of each other kind, for the model errs less
     * between blocks of two sizes than between two layouts; the next cheapest; and what is recorded by now.
     */
    private void rank(Choice choice, Optional<String> recorded, int most) {
        List<String> names = choice.considered().stream()
                .map(Chooser.Candidate::plan)
                .distinct()
                .toList();
        Set<String> ranked = new LinkedHashSet<>(List.of(choice.plan()));
        add(names, (most + 1) / 2, n -> true, ranked);
        Set<String> kinds = new HashSet<>();
        ranked.forEach(n -> kinds.add(kind(n)));
        add(names, most, n -> kinds.add(kind(n)), ranked);
        add(names, most, n -> true, ranked);
        recorded.filter(names::contains).ifPresent(ranked::add);
        List<String> all = List.copyOf(ranked);
        plans.put(choice.target(), all);
        standing.put(choice.target(), Math.max(0, recorded.map(all::indexOf).orElse(0)));
    }

    private static void add(List<String> names, int most, Predicate<String> which, Set<String> ranked) {
        for (String name : names) {
            if (ranked.size() < most && !ranked.contains(name) && which.test(name)) {
                ranked.add(name);
            }
        }
    }

    /** What a plan does but for the size of its blocks, which its name ends with. */
    private static String kind(String plan) {
        int blocks = plan.lastIndexOf(", blocks of ");
        return blocks < 0 ? plan : plan.substring(0, blocks);
    }

    SpecSet.Loaded loaded() {
        return loaded;
    }

    Generate generate() {
        return generate;
    }

    String className() {
        return generate.className();
    }

    /** Those that have a choice. */
    List<String> tensors() {
        return List.copyOf(plans.keySet());
    }

    /** The plans for a tensor, each emitted. */
    Contest contest(String tensor) {
        List<Contest.Entrant> entrants = new ArrayList<>();
        for (String plan : Objects.requireNonNull(plans.get(tensor))) {
            entrants.add(entrant(tensor, plan, entrants.size()));
        }
        return new Contest(
                generate,
                derivation,
                sizes,
                Objects.requireNonNull(methods.get(tensor)),
                entrants,
                Objects.requireNonNull(standing.get(tensor)));
    }

    private Contest.Entrant entrant(String tensor, String plan, int number) {
        Generate renamed = new Generate(
                generate.className() + "Plan" + number,
                generate.javaPackage(),
                generate.layer(),
                generate.origin(),
                generate.bound(),
                generate.options(),
                generate.place());
        Chooser chooser = (target, candidates) -> {
            for (int k = 0; target.equals(tensor) && k < candidates.size(); k++) {
                if (candidates.get(k).plan().equals(plan)) {
                    return k;
                }
            }
            return Chooser.CHEAPEST.choose(target, candidates);
        };
        String className = generate.javaPackage().isEmpty()
                ? renamed.className()
                : renamed.javaPackage() + "." + renamed.className();
        return new Contest.Entrant(
                plan, className, Emitter.emit(renamed, derivation, loaded.spec().name(), chooser));
    }
}
