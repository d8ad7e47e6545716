package dev.adjoint.expr;

/**
 * A tensor that an expression reads: one that the layer declares, the upstream error that arrives at an output, or
 * the gradient {@code dE/dT} of one of its tensors.
 *
 * @param sole whether this is the error of the layer's only output, written {@code delta} without its name
 */
public record Ref(Kind kind, String name, boolean sole) implements Comparable<Ref> {
    /** What the reference denotes. */
    public enum Kind {
        VALUE,
        DELTA,
        GRAD
    }

    public static Ref value(String name) {
        return new Ref(Kind.VALUE, name, false);
    }

    public static Ref delta(String output, boolean sole) {
        return new Ref(Kind.DELTA, output, sole);
    }

    public static Ref grad(String tensor) {
        return new Ref(Kind.GRAD, tensor, false);
    }

    @Override
    public int compareTo(Ref other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        if (kind == Kind.VALUE) {
            return name;
        }
        if (kind == Kind.GRAD) {
            return "grad " + name;
        }
        return sole ? "delta" : "delta." + name;
    }
}
