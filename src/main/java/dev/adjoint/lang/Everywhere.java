package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Rel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/** An assumption with open indices holds for all of them: {@code sum[k](t[n,k]) == 1} is one for each n. */
final class Everywhere {
    private final Names names;
    private final List<Node> open = new ArrayList<>();

    private Everywhere(Names names) {
        this.names = names;
    }

    /** The condition without open indices, {@code prod[n]([sum[k](t[n,k]) == 1]) == 1}; itself if it has none. */
    static Node of(Node condition, Names names) {
        Everywhere everywhere = new Everywhere(names);
        everywhere.search(condition, Set.of(), false);
        if (everywhere.open.isEmpty()) {
            return condition;
        }
        Place place = condition.place();
        Node each = new Node.Bracket(condition, place);
        Node all = new Node.Reduction(Node.Reduction.Kind.PROD, everywhere.open, each, place);
        Node one = new Node.Numeral(BigFraction.ONE, "1", true, place);
        return new Node.Comparison(List.of(all, one), List.of(Rel.EQ), place);
    }

    /** The names within indices that nothing binds, each once, in the order of the text. */
    private void search(Node node, Set<String> bound, boolean inIndex) {
        String name = Nodes.name(node);
        if (inIndex && !name.isEmpty() && !bound.contains(name) && names.find(name) == null) {
            if (open.stream().noneMatch(n -> Nodes.name(n).equals(name))) {
                open.add(node);
            }
            return;
        }
        Set<String> inside = new LinkedHashSet<>(bound);
        if (node instanceof Node.Reduction r) {
            r.ranges().forEach(range -> inside.addAll(RangeText.meant(range, names)));
        }
        for (Node child : Nodes.children(node)) {
            search(child, inside, inIndex || node instanceof Node.Access);
        }
    }
}
