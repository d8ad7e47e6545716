package dev.adjoint.mutation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every single edit of a claim's right-hand side, by the grammar: at each node, each rule, each alternative. Whether the
 * language accepts what comes out is for the language to say.
 */
final class Edits {
    private final Tree tree;
    private final List<Place> places;
    private final List<Rule> rules;

    Edits(Tree tree, Scope scope) {
        this.tree = tree;
        this.places = Place.all(tree, scope);
        this.rules = Stream.of(
                        Replace.rules(),
                        Delete.rules(),
                        Swap.rules(),
                        Insert.rules(),
                        Wrap.rules(places),
                        List.of(Replace.subtrees(places)))
                .flatMap(List::stream)
                .toList();
    }

    /** How many nodes can be edited. */
    int places() {
        return places.size();
    }

    /** All edits of one node, in a fixed order, no two with the same outcome, none that changes no word. */
    List<Edit> at(int number) {
        Place place = places.get(number);
        Set<String> seen = new HashSet<>(Set.of(tree.toString()));
        List<Edit> edits = new ArrayList<>();
        for (Rule rule : rules) {
            rule.at(place, (kind, node) -> {
                Tree edited = place.whole().apply(node);
                if (seen.add(edited.toString())) {
                    edits.add(new Edit(kind, place.node() + " → " + node, number, edited));
                }
            });
        }
        // (a + b) * c → a + b * c
        String text = TreePrinter.withoutParentheses(tree, place.node());
        if (seen.add(text)) {
            read(text)
                    .ifPresent(t -> edits.add(new Edit("delete parentheses", "of (" + place.node() + ")", number, t)));
        }
        return edits;
    }

    /** Not all that is left without parentheses is a formula: `a * !(b > c)`. */
    private static Optional<Tree> read(String text) {
        try {
            return Optional.of(TreeReader.read(text));
        } catch (IllegalArgumentException noFormula) {
            return Optional.empty();
        }
    }

    /** All edits, no two with the same outcome. */
    List<Edit> all() {
        Set<String> seen = new HashSet<>();
        return IntStream.range(0, places.size())
                .mapToObj(this::at)
                .flatMap(List::stream)
                .filter(e -> seen.add(e.tree().toString()))
                .toList();
    }
}
