package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** A fault in any identity is seen: true claims that rest on it are no longer proved. */
class PlantedIdentityFaultsTest {
    private static final List<String> FILES = List.of(
            "specs/activation.layer",
            "specs/loss.layer",
            "specs/softmax.layer",
            "specs/similarity.layer",
            "src/test/resources/adjoint/prove/hold.layer");
    /** Claims to which a fault is shown, at most. */
    private static final int SHOWN = 12;

    private record Case(Layer layer, Meaning meaning, Claim claim) {}

    @Test
    void aFaultInAnyIdentityIsSeen() {
        Map<Identity, List<Case>> resting = new EnumMap<>(Identity.class);
        for (Case each : cases()) {
            Set<Identity> used = EnumSet.noneOf(Identity.class);
            Attempts recorded = new Attempts(each.meaning(), Prover.BUDGET, (identity, value) -> {
                used.add(identity);
                return value;
            });
            if (recorded.prove(each.claim()).proved()) {
                used.forEach(
                        i -> resting.computeIfAbsent(i, x -> new ArrayList<>()).add(each));
            }
        }
        assertThat(resting.keySet()).as("identities that a proof rests on").containsExactly(Identity.values());
        List<Identity> unseen = new ArrayList<>();
        resting.forEach((identity, claims) -> {
            if (claims.stream().limit(SHOWN).allMatch(c -> isProvedWithFault(c, identity))) {
                unseen.add(identity);
            }
        });
        assertThat(unseen)
                .as("identities whose result may be doubled, or be 1 for 0, and all claims are proved still")
                .isEmpty();
    }

    private static boolean isProvedWithFault(Case each, Identity faulty) {
        return new Attempts(each.meaning(), Prover.BUDGET, (identity, value) -> {
                    if (identity != faulty) {
                        return value;
                    }
                    return value.isEmpty()
                            ? Algebra.one()
                            : value.stream()
                                    .map(t -> t.times(BigFraction.of(2)))
                                    .toList();
                })
                .prove(each.claim())
                .proved();
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String file : FILES) {
            for (Layer layer : Specs.load(Path.of(file), Importers.library()).layers()) {
                Meaning meaning = new Meaning(layer, Derive.derive(layer));
                layer.claims().forEach(claim -> cases.add(new Case(layer, meaning, claim)));
            }
        }
        return cases;
    }
}
