package dev.adjoint.check;

import dev.adjoint.derive.Derivation;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import java.util.List;
import java.util.Map;

/**
 * Plans for one tensor of a class, each emitted as a class of its own that differs from the others in this plan alone.
 *
 * @param generate the class
 * @param derivation of its layer
 * @param sizes what its open sizes are to be
 * @param method the shortest of its methods that computes the tensor
 * @param entrants the plans; the first is the model's choice
 * @param stands which of them the class has now
 */
public record Contest(
        Generate generate,
        Derivation derivation,
        Map<String, Long> sizes,
        String method,
        List<Entrant> entrants,
        int stands) {
    /** A plan, by its name, and the class that has it. */
    public record Entrant(String plan, String className, List<SourceFile> sources) {
        public Entrant {
            sources = List.copyOf(sources);
        }
    }

    public Contest {
        sizes = Map.copyOf(sizes);
        entrants = List.copyOf(entrants);
    }

    /** Whether the layer has these sizes: no axis is empty, no assumption broken. */
    public static boolean allows(Generate generate, Map<String, Long> sizes) {
        return Sizes.allows(generate.layer(), sizes);
    }

    /**
     * What came of it.
     *
     * @param failure why nothing could be decided; empty if it was
     * @param winner the number of the plan that is to be taken
     * @param speedup how many times as fast as the model's choice it is
     * @param compared how many plans gave the values of the model's choice, and were measured
     * @param target what they were computed with, as {@code Vector API, 16 lanes of float}
     * @param faults the number of a plan that failed → how
     */
    public record Result(
            String failure, int winner, double speedup, int compared, String target, Map<Integer, String> faults) {
        public Result {
            faults = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(faults));
        }
    }
}
