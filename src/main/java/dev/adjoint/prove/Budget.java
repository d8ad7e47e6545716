package dev.adjoint.prove;

/** How much work one proof may take, in questions to the integers and in terms; the same on every machine. */
final class Budget {
    /** The work is used up: the question stays open. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted(String message) {
            super(message, null, false, false);
        }
    }

    private final long limit;
    private long left;

    Budget(long limit) {
        this.limit = limit;
        this.left = limit;
    }

    void spend(long work) {
        left -= work;
        if (left < 0) {
            throw new Exhausted("the budget of " + limit + " steps is used up");
        }
    }

    long spent() {
        return limit - left;
    }
}
