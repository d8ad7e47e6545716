package dev.adjoint.mutation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws edited claims: a claim, a node of its tree, what is done to it (delete, duplicate, insert, replace, swap, wrap),
 * a kind of edit, one of its alternatives, each with equal chances. Every part of a formula is as likely to be wrong as
 * any other, however many ways there are to get it wrong. What the language refuses is counted and drawn anew.
 */
final class Mutations {
    private static final int TRIES = 1000;

    private final List<Seed> seeds;
    private final Random random;
    private final Set<String> drawn = new HashSet<>();
    private long tried;
    private long accepted;

    Mutations(List<Seed> seeds, long seed) {
        this.seeds = List.copyOf(seeds);
        this.random = new Random(seed);
    }

    /** Different claims that are so many edits away from a true one; fewer than {@code count} if no more are found. */
    List<Mutant> draw(int count, int edits) {
        List<Mutant> mutants = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            next(edits).ifPresent(mutants::add);
        }
        return mutants;
    }

    /** One that was not drawn before; empty if none is found. */
    Optional<Mutant> next(int edits) {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Mutant> mutant = mutant(seeds.get(random.nextInt(seeds.size())), edits);
            if (mutant.isPresent()) {
                return mutant;
            }
        }
        return Optional.empty();
    }

    private Optional<Mutant> mutant(Seed seed, int editCount) {
        List<Edit> sequence = new ArrayList<>();
        Tree tree = seed.right();
        for (int k = 0; k < editCount; k++) {
            Edits edits = seed.edits(tree);
            List<Edit> possible = edits.at(random.nextInt(edits.places()));
            if (possible.isEmpty()) {
                return Optional.empty();
            }
            Edit edit = one(one(one(sorted(possible).values()).values()));
            sequence.add(edit);
            tree = edit.tree();
        }
        String text = seed.title() + " = " + tree;
        if (tree.equals(seed.right()) || drawn.contains(text)) {
            return Optional.empty();
        }
        tried++;
        Optional<Mutant> mutant = seed.mutant(sequence);
        if (mutant.isPresent()) {
            accepted++;
            drawn.add(text);
        }
        return mutant;
    }

    private <T> T one(Collection<T> alternatives) {
        return List.copyOf(alternatives).get(random.nextInt(alternatives.size()));
    }

    /** By verb, by kind. */
    private static Map<String, Map<String, List<Edit>>> sorted(List<Edit> edits) {
        Map<String, Map<String, List<Edit>>> sorted = new TreeMap<>();
        for (Edit edit : edits) {
            String verb = edit.kind().substring(0, edit.kind().indexOf(' '));
            sorted.computeIfAbsent(verb, v -> new TreeMap<>())
                    .computeIfAbsent(edit.kind(), k -> new ArrayList<>())
                    .add(edit);
        }
        return sorted;
    }

    /** The share of edited claims that the language accepts, so far. */
    double acceptance() {
        return tried == 0 ? 0 : (double) accepted / tried;
    }
}
