package dev.adjoint.expr;

/** A function of one real value: one that the language knows, or one that a layer leaves open. */
public sealed interface Fun {
    /** The functions of the language. */
    enum Known implements Fun {
        EXP,
        LOG,
        LOG1P,
        SQRT,
        TANH,
        SIGMOID,
        ERF,
        SIN,
        COS,
        ABS,
        FLOOR,
        RELU;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** An uninterpreted differentiable function, {@code order} times derived: {@code f''} has order 2. */
    record Open(String name, int order) implements Fun {
        public Open derivative() {
            return new Open(name, order + 1);
        }

        @Override
        public String toString() {
            return name + "'".repeat(order);
        }
    }
}
