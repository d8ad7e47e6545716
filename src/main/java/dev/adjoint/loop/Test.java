package dev.adjoint.loop;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import java.util.List;

/** A condition of a plan; the parts of a conjunction are tested from left to right until one fails. */
public sealed interface Test {
    Test TRUE = new All(List.of());

    /** Whether it has an answer for each lane. */
    default boolean isLanes() {
        if (this instanceof Ints i) {
            return Lane.isIn(i.left()) || Lane.isIn(i.right());
        }
        if (this instanceof Reals r) {
            return r.left().isLanes() || r.right().isLanes();
        }
        if (this instanceof All all) {
            return all.parts().stream().anyMatch(Test::isLanes);
        }
        if (this instanceof Any any) {
            return any.parts().stream().anyMatch(Test::isLanes);
        }
        return this instanceof Mask || this instanceof Not not && not.part().isLanes();
    }

    /** Two integers compared. */
    record Ints(Rel rel, IntExpr left, IntExpr right) implements Test {}

    /** Two reals compared; with NaN only {@code !=} holds. */
    record Reals(Rel rel, Real left, Real right) implements Test {}

    /** No entry is infinite or not a number. */
    record Finite(Buffer buffer) implements Test {}

    /** Whether all entries are so small that sums of products of their multiples cannot overflow. */
    record Moderate(Buffer buffer) implements Test {}

    /** What a local says that was declared as a mask, for each lane. */
    record Mask(String name) implements Test {}

    /** It holds in one lane, at least: an answer for all of them together. */
    record AnyLane(Test part) implements Test {}

    /** All hold. */
    record All(List<Test> parts) implements Test {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One holds, at least. */
    record Any(List<Test> parts) implements Test {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** It does not hold. */
    record Not(Test part) implements Test {}

    /** The conjunction, flat. */
    static Test all(List<Test> parts) {
        List<Test> flat = parts.stream()
                .flatMap(p -> p instanceof All all ? all.parts().stream() : java.util.stream.Stream.of(p))
                .distinct()
                .toList();
        return flat.size() == 1 ? flat.get(0) : new All(flat);
    }
}
