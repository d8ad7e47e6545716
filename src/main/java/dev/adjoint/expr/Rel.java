package dev.adjoint.expr;

/** A comparison. */
public enum Rel {
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    Rel(String symbol) {
        this.symbol = symbol;
    }

    /** The comparison that holds exactly where this does not (for integers and reals; NaN aside). */
    public Rel negate() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case LT -> GE;
            case LE -> GT;
            case GT -> LE;
            case GE -> LT;
        };
    }

    /** The comparison with its sides exchanged. */
    public Rel flip() {
        return switch (this) {
            case EQ, NE -> this;
            case LT -> GT;
            case LE -> GE;
            case GT -> LT;
            case GE -> LE;
        };
    }

    /** Whether it holds of two things that compare like {@code comparison} and 0. */
    public boolean holds(int comparison) {
        return switch (this) {
            case EQ -> comparison == 0;
            case NE -> comparison != 0;
            case LT -> comparison < 0;
            case LE -> comparison <= 0;
            case GT -> comparison > 0;
            case GE -> comparison >= 0;
        };
    }

    @Override
    public String toString() {
        return symbol;
    }
}
