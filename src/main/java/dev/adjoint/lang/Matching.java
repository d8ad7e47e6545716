package dev.adjoint.lang;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The sizes of a layer that make its input's shape equal to that of the output before. An axis of one unknown size,
 * {@code c*N + rest}, settles it; where none does, a size takes its default. What is known on both sides must be equal.
 */
final class Matching {
    /** Before the name of a size that the equations solve for: none that is given begins so. */
    private static final String UNKNOWN = "?";

    private final List<IntExpr> given;
    private final List<IntExpr> wanted;
    private final Map<String, IntExpr> solved = new HashMap<>();

    private Matching(List<IntExpr> given, List<IntExpr> wanted) {
        this.given = given;
        this.wanted = wanted;
    }

    /** The size as an unknown, which is told from one of the same name that is given. */
    static IntExpr unknown(String size) {
        return IntExpr.var(UNKNOWN + size);
    }

    /** What is said of shapes that do not fit. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The values of the unknown sizes, by their names.
     *
     * @param given the shape that there is
     * @param wanted the shape that is asked for, over unknown sizes
     * @param defaults of a size; empty if it has none
     * @param known what is certain of the sizes that are given
     * @throws Misfit if there is no such value, or more than one
     */
    static Map<String, IntExpr> solve(
            List<IntExpr> given, List<IntExpr> wanted, Function<String, OptionalLong> defaults, Domain known)
            throws Misfit {
        return new Matching(given, wanted).solve(defaults, known);
    }

    private Map<String, IntExpr> solve(Function<String, OptionalLong> defaults, Domain known) throws Misfit {
        while (step() || assume(defaults)) {
            continue;
        }
        for (int k = 0; k < wanted.size(); k++) {
            IntExpr axis = wanted.get(k).substitute(solved);
            Set<String> open = axis.variables();
            Optional<String> unknown =
                    open.stream().filter(v -> v.startsWith(UNKNOWN)).findFirst();
            if (unknown.isPresent()) {
                throw new Misfit("axis " + k + ", " + shown(wanted.get(k)) + " = " + given.get(k)
                        + ", does not settle the size " + shown(IntExpr.var(unknown.get())));
            }
            IntExpr here = given.get(k);
            if (!axis.equals(here) && !known.implies(Constraint.eq(axis, here))) {
                throw new Misfit("axis " + k + " is " + here + " on the one side and "
                        + (axis.equals(wanted.get(k)) ? "" : shown(wanted.get(k)) + " = ") + shown(axis)
                        + " on the other");
            }
        }
        Map<String, IntExpr> sizes = new LinkedHashMap<>();
        solved.forEach((name, value) -> sizes.put(name.substring(UNKNOWN.length()), value));
        return sizes;
    }

    /** Settles one size, if an axis does; a size that is an axis by itself first. */
    private boolean step() throws Misfit {
        for (boolean alone : new boolean[] {true, false}) {
            for (int k = 0; k < wanted.size(); k++) {
                IntExpr axis = wanted.get(k).substitute(solved);
                List<String> unknown = axis.variables().stream()
                        .filter(v -> v.startsWith(UNKNOWN))
                        .toList();
                if (unknown.size() == 1 && (!alone || axis.asVariable().isPresent())) {
                    String name = unknown.get(0);
                    OptionalLong factor = axis.coefficient(name);
                    if (factor.isPresent() && factor.getAsLong() != 0) {
                        IntExpr rest = given.get(k).minus(axis.substitute(name, IntExpr.ZERO));
                        solved.put(name, quotient(rest, factor.getAsLong(), k));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private IntExpr quotient(IntExpr rest, long factor, int axis) throws Misfit {
        IntExpr whole = factor < 0 ? rest.negate() : rest;
        IntExpr divisor = IntExpr.of(Math.abs(factor));
        if (!whole.mod(divisor).isZero()) {
            throw new Misfit("no integer makes " + shown(wanted.get(axis)) + " of axis " + axis + " equal to "
                    + given.get(axis));
        }
        return whole.floorDiv(divisor);
    }

    private boolean assume(Function<String, OptionalLong> defaults) {
        for (IntExpr axis : wanted) {
            for (String name : axis.substitute(solved).variables()) {
                OptionalLong value = name.startsWith(UNKNOWN)
                        ? defaults.apply(name.substring(UNKNOWN.length()))
                        : OptionalLong.empty();
                if (value.isPresent()) {
                    solved.put(name, IntExpr.of(value.getAsLong()));
                    return true;
                }
            }
        }
        return false;
    }

    /** A shape as it was written, {@code [C, H]}. */
    static String shown(List<IntExpr> shape) {
        return shape.stream().map(Matching::shown).toList().toString();
    }

    private static String shown(IntExpr e) {
        Map<String, IntExpr> plain = new HashMap<>();
        e.variables().stream()
                .filter(v -> v.startsWith(UNKNOWN))
                .forEach(v -> plain.put(v, IntExpr.var(v.substring(UNKNOWN.length()))));
        return e.substitute(plain).toString();
    }
}
