package dev.adjoint.index;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an integer polynomial is made of: a variable, a quotient, a remainder, an extremum, or something that a later
 * room adds (the entry of an integer tensor, the position of a maximum), opaque to the mathematics here.
 *
 * <p>Two atoms are the same integer if they are {@link Object#equals equal}; {@link Object#toString} prints the
 * language.
 */
public interface Atom {
    /** Adds the names of the free variables, in order of appearance. */
    void collectVariables(Set<String> names);

    /** Replaces free variables; the result may simplify to any integer. */
    IntExpr substitute(Map<String, IntExpr> values);

    /** The integers whose quotient, remainder, extremum or absolute value it is; none of a variable and of what is opaque. */
    default List<IntExpr> parts() {
        return List.of();
    }

    /** A size, an index: an integer that has a name. */
    record Var(String name) implements Atom {
        @Override
        public void collectVariables(Set<String> names) {
            names.add(name);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            IntExpr value = values.get(name);
            return value == null ? IntExpr.of(this) : value;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Floor division, {@code num div den}; the divisor is positive. */
    record FloorDiv(IntExpr num, IntExpr den) implements Atom {
        @Override
        public List<IntExpr> parts() {
            return List.of(num, den);
        }

        @Override
        public void collectVariables(Set<String> names) {
            num.collectVariables(names);
            den.collectVariables(names);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            return num.substitute(values).floorDiv(den.substitute(values));
        }

        @Override
        public String toString() {
            return num.asFactor() + " div " + den.asFactor();
        }
    }

    /** The remainder of floor division, {@code num mod den}, at least 0 and below the positive divisor. */
    record Mod(IntExpr num, IntExpr den) implements Atom {
        @Override
        public List<IntExpr> parts() {
            return List.of(num, den);
        }

        @Override
        public void collectVariables(Set<String> names) {
            num.collectVariables(names);
            den.collectVariables(names);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            return num.substitute(values).mod(den.substitute(values));
        }

        @Override
        public String toString() {
            return num.asFactor() + " mod " + den.asFactor();
        }
    }

    /** The absolute value. */
    record Abs(IntExpr arg) implements Atom {
        @Override
        public List<IntExpr> parts() {
            return List.of(arg);
        }

        @Override
        public void collectVariables(Set<String> names) {
            arg.collectVariables(names);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            return arg.substitute(values).abs();
        }

        @Override
        public String toString() {
            return "abs(" + arg + ")";
        }
    }

    /** The larger ({@code max}) or the smaller of two integers. */
    record Extremum(boolean max, IntExpr left, IntExpr right) implements Atom {
        @Override
        public List<IntExpr> parts() {
            return List.of(left, right);
        }

        @Override
        public void collectVariables(Set<String> names) {
            left.collectVariables(names);
            right.collectVariables(names);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            IntExpr l = left.substitute(values);
            IntExpr r = right.substitute(values);
            return max ? l.max(r) : l.min(r);
        }

        @Override
        public String toString() {
            return (max ? "max(" : "min(") + left + ", " + right + ")";
        }
    }
}
