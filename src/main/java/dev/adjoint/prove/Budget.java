package dev.adjoint.prove;

import java.util.function.Supplier;

/** How much work one proof may take, in questions to the integers and in terms; the same on every machine. */
final class Budget {
    /** The work is used up: the question stays open. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted(String message) {
            super(message, null, false, false);
        }
    }

    /** Rewritings within one another; laws that go on for longer undo each other. */
    private static final int DEEPEST = 150;

    private final long limit;
    private long left;
    private int depth;

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

    /** Work within work: how deep it goes is bounded as well. */
    <T> T within(Supplier<T> work) {
        if (++depth > DEEPEST) {
            depth = 0;
            throw new Exhausted("a rewriting does not come to an end within " + DEEPEST + " steps");
        }
        T result = work.get();
        depth--;
        return result;
    }

    long spent() {
        return limit - left;
    }
}
