package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A node becomes the child of a new one; or loses the parentheses around it, and its children find other parents. */
final class Wrap {
    private Wrap() {}

    /** The rules, for a claim with this right-hand side. */
    static List<Rule> rules(List<Place> claim) {
        return List.of(
                Wrap::negation,
                Wrap::function,
                Wrap::pad,
                Wrap::reduction,
                Wrap::choice,
                Wrap::definition,
                (place, found) -> derivative(place, claim, found));
    }

    /** {@code a → -a}, {@code c → !c}. */
    private static void negation(Place place, BiConsumer<String, Tree> found) {
        if (place.isArithmetic()) {
            found.accept("wrap in negation", Tree.of(Kind.NEGATIVE, List.of(), place.node()));
        } else if (place.sort() == Sort.CONDITION) {
            found.accept("wrap in negation", Tree.of(Kind.NOT, List.of(), place.node()));
        }
    }

    /** {@code a → f(a)}. */
    private static void function(Place place, BiConsumer<String, Tree> found) {
        if (place.isArithmetic()) {
            for (String f : Operators.functions(place.scope())) {
                found.accept("wrap in function", Tree.of(Kind.CALL, List.of(f), place.node()));
            }
        }
    }

    /** {@code T[i] → pad(T[i])}. */
    private static void pad(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        boolean entry = t.kind() == Kind.ELEMENT || t.kind() == Kind.ACCESS && !t.isName();
        if (entry && place.sort() == Sort.VALUE && !place.parent().words().contains("pad")) {
            found.accept("wrap in pad", Tree.of(Kind.CALL, List.of("pad"), t));
        }
    }

    /** {@code a → sum[u < n](a), …}, for any size n. */
    private static void reduction(Place place, BiConsumer<String, Tree> found) {
        if (place.sort() == Sort.VALUE) {
            for (Tree range : Insert.ranges(place)) {
                for (String kind : Operators.REDUCTIONS) {
                    found.accept("wrap in reduction", Tree.of(Kind.REDUCTION, List.of(kind), range, place.node()));
                }
            }
        }
    }

    /** {@code a → i < j ? a : 0}. */
    private static void choice(Place place, BiConsumer<String, Tree> found) {
        if (place.sort() == Sort.VALUE) {
            List<String> names = place.scope().integers();
            for (int a = 0; a < names.size(); a++) {
                for (int b = a + 1; b < names.size(); b++) {
                    for (String relation : List.of("<", "==")) {
                        Tree c = Tree.of(
                                Kind.COMPARISON, List.of(relation), Tree.name(names.get(a)), Tree.name(names.get(b)));
                        found.accept(
                                "wrap in choice", Tree.of(Kind.CHOICE, List.of(), c, place.node(), Tree.number(0)));
                    }
                }
            }
        }
    }

    /** {@code T → f(T)}, {@code T[i] → f(T)[i]}, for definitions of one tensor. */
    private static void definition(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        place.scope().definitions().forEach((name, ranks) -> {
            if (ranks.size() != 1) {
                return;
            }
            if (place.sort() == Sort.TENSOR) {
                found.accept("wrap in definition", Tree.of(Kind.CALL, List.of(name), t));
            } else if (place.sort() == Sort.VALUE && t.kind() == Kind.ACCESS && !t.isName()) {
                List<Tree> parts = new ArrayList<>(List.of(Tree.of(Kind.CALL, List.of(name), Tree.name(t.word()))));
                parts.addAll(t.children());
                found.accept("wrap in definition", new Tree(Kind.ELEMENT, List.of(), parts));
            }
        });
    }

    /** {@code a → d(a) / d(T[i])}, for the entries that the claim reads. */
    private static void derivative(Place place, List<Place> claim, BiConsumer<String, Tree> found) {
        if (place.sort() == Sort.VALUE) {
            claim.stream()
                    .map(Place::node)
                    .filter(t -> t.kind() == Kind.ACCESS && !t.isName())
                    .distinct()
                    .forEach(t ->
                            found.accept("wrap in derivative", Tree.of(Kind.DERIVATIVE, List.of(), place.node(), t)));
        }
    }
}
