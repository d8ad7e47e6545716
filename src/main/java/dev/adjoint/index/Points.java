package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Some integer points of a domain, found by trying small numbers. What fails at a point does not follow and need not be
 * tried to prove; so points save time, and change no answer.
 *
 * <p>A point gives a value to each variable, and to each atom of which nothing is known here, as if they were
 * independent of one another.
 */
final class Points {
    static final int TRIALS = 100;
    static final int RESTARTS = 8;
    private static final int MOST = 32;

    private final List<Map<Atom, Long>> points = new CopyOnWriteArrayList<>();
    private final int trials;

    /**
     * None yet.
     *
     * @param trials how many numbers a search tries; with 0 none is ever found, and proofs stand on their own
     */
    Points(int trials) {
        this.trials = trials;
    }

    /** Those at which more constraints hold. */
    Points(Points before, Collection<Constraint> more) {
        this(before.trials);
        for (Map<Atom, Long> point : before.points) {
            // Values of unknown atoms might no longer be independent where their variables became equal.
            boolean plain = point.keySet().stream().allMatch(atom -> atom instanceof Atom.Var);
            if (plain && more.stream().allMatch(c -> holds(c, point))) {
                points.add(point);
            }
        }
    }

    List<Map<Atom, Long>> all() {
        return points;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** Whether a constraint holds at a point that is known. */
    boolean meet(Constraint c) {
        for (Map<Atom, Long> point : points) {
            if (holds(c, point)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a point of the premises is found at which these constraints, solved variables replaced, hold as well. */
    boolean find(Premises premises, List<Constraint> more, int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Optional<Map<Atom, Long>> found = new Search(premises, more, seed, trials).run();
            if (found.isPresent()) {
                if (points.size() < MOST) {
                    points.add(found.get());
                }
                return true;
            }
        }
        return false;
    }

    /** A variable that is not constrained is 0; what has no value does not hold. */
    private static boolean holds(Constraint c, Map<Atom, Long> point) {
        try {
            long value = c.expr().evaluate(atom -> value(atom, point));
            return c.equality() ? value == 0 : value >= 0;
        } catch (ArithmeticException noInteger) {
            return false;
        }
    }

    private static long value(Atom atom, Map<Atom, Long> point) {
        Long value = point.get(atom);
        if (value == null && !(atom instanceof Atom.Var)) {
            throw new ArithmeticException("unknown here: " + atom);
        }
        return value == null ? 0 : value;
    }

    /** Depth-first over the atoms, each constraint looked at as soon as its last atom has a value. */
    private static final class Search {
        private static final int SMALL = 9;
        private static final int CANDIDATES = 24;

        private final Premises premises;
        private final List<Atom> atoms;
        private final List<List<Constraint>> decided = new ArrayList<>();
        private final List<Long> candidates;
        private final SplittableRandom random;
        private final boolean shuffled;
        private final Map<Atom, Long> point = new HashMap<>();
        private int trials;

        Search(Premises premises, List<Constraint> more, int seed, int trials) {
            this.trials = trials;
            this.premises = premises;
            this.random = new SplittableRandom(seed);
            this.shuffled = seed > 0;
            Map<Atom, Integer> leaves = new LinkedHashMap<>();
            Set<Long> values = new LinkedHashSet<>(List.of(1L, 0L, 2L));
            more.forEach(c -> place(c, leaves, values));
            premises.constraints().forEach(c -> place(c, leaves, values));
            premises.solved().values().forEach(e -> collect(e, leaves));
            for (long k = 3; k <= SMALL; k++) {
                values.add(k);
            }
            values.add(-1L);
            candidates = List.copyOf(values);
            atoms = List.copyOf(leaves.keySet());
            while (decided.size() < atoms.size()) {
                decided.add(new ArrayList<>());
            }
        }

        /** Puts a constraint to the last of its leaves in the order of appearance. */
        private void place(Constraint c, Map<Atom, Integer> leaves, Set<Long> values) {
            int last = collect(c.expr(), leaves);
            while (decided.size() <= last) {
                decided.add(new ArrayList<>());
            }
            if (last >= 0) {
                decided.get(last).add(c);
            } else if (!holds(c, Map.of())) {
                trials = 0;
            }
            long constant = c.expr().constant();
            if (Math.abs(constant) > SMALL && values.size() < CANDIDATES - SMALL) {
                values.addAll(List.of(-constant, constant, constant - 1));
            }
        }

        /** Adds the variables and unknown atoms; the number of the last of them, −1 if there is none. */
        private static int collect(IntExpr e, Map<Atom, Integer> leaves) {
            int last = -1;
            Terms terms = e.table();
            for (int k = 0; k < terms.size(); k++) {
                for (Atom atom : terms.monomial(k).factors()) {
                    List<IntExpr> parts = atom.parts();
                    if (parts.isEmpty()) {
                        leaves.putIfAbsent(atom, leaves.size());
                        last = Math.max(last, leaves.get(atom));
                    }
                    for (IntExpr part : parts) {
                        last = Math.max(last, collect(part, leaves));
                    }
                }
            }
            return last;
        }

        Optional<Map<Atom, Long>> run() {
            if (trials == 0 || !found(0)) {
                return Optional.empty();
            }
            Map<Atom, Long> whole = new HashMap<>(point);
            try {
                premises.solved()
                        .forEach((name, e) -> whole.put(new Atom.Var(name), e.evaluate(atom -> value(atom, point))));
            } catch (ArithmeticException noInteger) {
                return Optional.empty();
            }
            return Optional.of(whole);
        }

        private boolean found(int level) {
            if (level == atoms.size()) {
                return true;
            }
            int shift = shuffled ? random.nextInt(5) : 0;
            for (int k = 0; k < candidates.size() && trials > 0; k++) {
                trials--;
                point.put(atoms.get(level), candidates.get((k + shift) % candidates.size()));
                if (holdAll(decided.get(level)) && found(level + 1)) {
                    return true;
                }
            }
            point.remove(atoms.get(level));
            return false;
        }

        private boolean holdAll(List<Constraint> constraints) {
            for (Constraint c : constraints) {
                if (!holds(c, point)) {
                    return false;
                }
            }
            return true;
        }
    }
}
