package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.plan.Chooser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chooses for one class what is recorded of it, where that is still there, and what the model finds cheapest else. */
final class Recorded implements Chooser {
    private final String className;
    private final Map<String, PlanRecord.Line> lines = new TreeMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> taken = new TreeSet<>();

    Recorded(PlanRecord record, String className) {
        this.className = className;
        record.lines().stream().filter(l -> l.className().equals(className)).forEach(l -> lines.put(l.tensor(), l));
    }

    @Override
    public int choose(String target, List<Candidate> candidates) {
        asked.add(target);
        taken.remove(target);
        PlanRecord.Line line = lines.get(target);
        for (int k = 0; line != null && k < candidates.size(); k++) {
            if (candidates.get(k).plan().equals(line.plan())) {
                taken.add(target);
                return k;
            }
        }
        return CHEAPEST.choose(target, candidates);
    }

    @Override
    public String because(String target) {
        return taken.contains(target) ? "it is recorded" : "";
    }

    /** The tensors for which the record decided. */
    Set<String> taken() {
        return Set.copyOf(taken);
    }

    /** Which lines had no effect. */
    List<Diagnostic> warnings() {
        List<Diagnostic> warnings = new ArrayList<>();
        lines.forEach((tensor, line) -> {
            if (!asked.contains(tensor)) {
                warnings.add(PlanTrouble.noChoice(tensor, className, line.place()));
            } else if (!taken.contains(tensor)) {
                warnings.add(PlanTrouble.noSuchPlan(tensor, className, line.place()));
            }
        });
        return warnings;
    }
}
