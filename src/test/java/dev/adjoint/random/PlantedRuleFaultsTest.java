package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ExactCheck;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.PlantedRules;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A rule of derivation that goes wrong once is caught, whatever the rule: in random layers that use it, its result is
 * replaced by one that is a small mistake away, and the exact check of the finished gradients has to fail. Its check of
 * the single steps is switched off here: it would make it too easy.
 */
class PlantedRuleFaultsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int LAYERS = 600;
    private static final int LAYERS_A_RULE = 5;
    private static final int FAULTS_A_RULE = 12;

    private static final ExactCheck CHECK = new ExactCheck(new ExactCheck.Settings(SEED, 2, 200, 1e4, 0));

    @Test
    void aFaultInAnyRuleIsCaught() {
        Map<String, List<Derivation>> users = users();
        Set<String> unused = new TreeSet<>(PlantedRules.names());
        unused.removeAll(users.keySet());
        assertThat(unused).as("rules that no random layer uses").isEmpty();

        Map<String, String> found = new ConcurrentHashMap<>();
        Set<String> missed = ConcurrentHashMap.newKeySet();
        users.entrySet().parallelStream().forEach(entry -> {
            Tries tries = new Tries(entry.getKey(), entry.getValue());
            found.put(entry.getKey(), tries.caught + " of " + tries.planted);
            if (tries.caught == 0) {
                missed.add(entry.getKey());
            }
        });
        System.out.println("seed " + SEED + ", faults caught by rule: " + new java.util.TreeMap<>(found));
        assertThat(missed).as("rules in which no fault is caught").isEmpty();
    }

    /** For each rule the layers that use it, the shortest derivations first. */
    private static Map<String, List<Derivation>> users() {
        List<Derivation> derivations = LongStream.range(SEED, SEED + LAYERS)
                .parallel()
                .mapToObj(seed -> RandomLayers.draw(seed, RandomLayers.Options.ALL))
                .flatMap(drawn -> derivation(drawn).stream())
                .sorted(Comparator.comparingInt(PlantedRuleFaultsTest::length))
                .toList();
        Map<String, List<Derivation>> users = new LinkedHashMap<>();
        for (Derivation derivation : derivations) {
            steps(derivation)
                    .map(Step::rule)
                    .distinct()
                    .filter(PlantedRules.names()::contains)
                    .forEach(rule -> {
                        List<Derivation> list = users.computeIfAbsent(rule, r -> new ArrayList<>());
                        if (list.size() < LAYERS_A_RULE
                                && CHECK.check(derivation).passed()) {
                            list.add(derivation);
                        }
                    });
        }
        return users;
    }

    private static List<Derivation> derivation(RandomLayers.Drawn drawn) {
        try {
            return List.of(Derive.derive(drawn.layer()));
        } catch (IllegalStateException reportedElsewhere) {
            return List.of();
        }
    }

    private static Stream<Step> steps(Derivation derivation) {
        return derivation.gradients().stream()
                .flatMap(g -> Stream.concat(g.steps().stream(), g.paddedSteps().stream()));
    }

    private static int length(Derivation derivation) {
        return derivation.gradients().stream()
                .mapToInt(g -> g.steps().size() + g.paddedSteps().size())
                .sum();
    }

    /** Faults planted in one rule. */
    private static final class Tries {
        private int planted;
        private int caught;

        Tries(String rule, List<Derivation> derivations) {
            for (Derivation derivation : derivations) {
                Expr result = steps(derivation)
                        .filter(s -> s.rule().equals(rule))
                        .map(Step::replacement)
                        .findFirst()
                        .orElseThrow();
                int mutants = Mutations.of(result).size();
                for (int k = 0; k < mutants && planted < FAULTS_A_RULE; k += Math.max(1, mutants / 3)) {
                    int number = k;
                    planted++;
                    caught += isCaught(derivation, rule, number) ? 1 : 0;
                }
            }
        }

        private static boolean isCaught(Derivation derivation, String rule, int mutant) {
            Derivation wrong;
            try {
                wrong = PlantedRules.derive(derivation.layer(), rule, 0, result -> {
                    List<Mutations.Mutant> mutants = Mutations.of(result);
                    return mutants.isEmpty()
                            ? dev.adjoint.expr.Exprs.neg(result)
                            : mutants.get(Math.min(mutant, mutants.size() - 1)).expr();
                });
            } catch (RuntimeException derivationFails) {
                return true;
            }
            return !CHECK.check(wrong).passed();
        }
    }
}
