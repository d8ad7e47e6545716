package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.List;
import java.util.function.BiConsumer;

/** Two children of a node change places. */
final class Swap {
    private Swap() {}

    static List<Rule> rules() {
        return List.of(Swap::children);
    }

    private static void children(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        int from = 0;
        int to = t.children().size();
        String kind = switch (t.kind()) {
            case ACCESS, ELEMENT -> "swap indices";
            case SUM -> "swap terms";
            case PRODUCT -> "swap factors";
            case POWER -> "swap base and exponent";
            case COMPARISON -> "swap sides of comparison";
            case AND, OR -> "swap conditions";
            case REDUCTION -> "swap ranges";
            case EXTREMUM, CALL -> "swap arguments";
            case DERIVATIVE -> "swap sides of derivative";
            case CHOICE -> "swap sides of choice";
            case NUMBER, SLICE, NEGATIVE, NOT, IVERSON -> "";
        };
        if (t.kind() == Kind.ELEMENT || t.kind() == Kind.CHOICE) {
            from = 1;
        }
        if (t.kind() == Kind.REDUCTION) {
            to--;
        }
        if (t.kind() == Kind.COMPARISON && place.sort() == Sort.RANGE) {
            return;
        }
        for (int a = from; a < to && !kind.isEmpty(); a++) {
            for (int b = a + 1; b < to; b++) {
                found.accept(kind, t.with(a, t.child(b)).with(b, t.child(a)));
            }
        }
    }
}
