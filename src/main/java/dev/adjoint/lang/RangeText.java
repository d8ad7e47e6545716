package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A range as it was written: {@code i}, {@code i < n}, {@code lo <= i < hi} and the like.
 *
 * @param lo the lower bound; null for 0
 * @param above whether the lower bound is excluded
 * @param hi the upper bound; null if the range is to be inferred
 * @param inclusive whether the upper bound is included
 */
record RangeText(
        String name,
        Place place,
        @Nullable Node lo,
        boolean above,
        @Nullable Node hi,
        boolean inclusive,
        Place whole) {

    /** The range that this is; empty, and told, if it is none. */
    static Optional<RangeText> of(Node node, Context context) {
        if (!Nodes.name(node).isEmpty()) {
            return Optional.of(new RangeText(Nodes.name(node), node.place(), null, false, null, false, node.place()));
        }
        if (node instanceof Node.Comparison c) {
            Node first = c.operands().get(0);
            Node second = c.operands().get(1);
            Rel rel = c.relations().get(0);
            boolean upward = c.relations().stream().allMatch(r -> r == Rel.LT || r == Rel.LE);
            if (upward && c.operands().size() == 2 && !Nodes.name(first).isEmpty()) {
                return Optional.of(new RangeText(
                        Nodes.name(first), first.place(), null, false, second, rel == Rel.LE, node.place()));
            }
            if (upward && c.operands().size() == 3 && !Nodes.name(second).isEmpty()) {
                boolean inclusive = c.relations().get(1) == Rel.LE;
                return Optional.of(new RangeText(
                        Nodes.name(second),
                        second.place(),
                        first,
                        rel == Rel.LT,
                        c.operands().get(2),
                        inclusive,
                        node.place()));
            }
        }
        context.error(Diagnostic.error(Codes.L034.name(), node.place(), "this is not a range")
                .help("write i, i < n, lo <= i < hi or lo <= i <= hi"));
        return Optional.empty();
    }

    /** The names in what was meant as a range, unknown so far: one of them is the index. */
    static Set<String> meant(Node node, Names known) {
        Set<String> names = new LinkedHashSet<>();
        if (!Nodes.name(node).isEmpty() && known.find(Nodes.name(node)) == null) {
            names.add(Nodes.name(node));
        }
        Nodes.children(node).forEach(child -> names.addAll(meant(child, known)));
        return names;
    }

    /** The bounds, resolved; the upper one inferred from the body if it is not written. Empty, and told, if one fails. */
    Optional<Range> resolve(String fresh, Context context, Node... searched) {
        Context bounds = context.inIndex(true);
        IntExpr from = lo == null ? IntExpr.ZERO : Resolver.integer(lo, bounds);
        IntExpr to = hi == null ? Inference.extent(this, context, searched) : Resolver.integer(hi, bounds);
        if (from == null || to == null) {
            return Optional.empty();
        }
        return Optional.of(new Range(fresh, above ? from.plus(1) : from, inclusive ? to.plus(1) : to));
    }
}
