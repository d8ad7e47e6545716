package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The indices of what is defined: from 0 to a bound made of sizes alone. */
final class Targets {
    private Targets() {}

    /**
     * Adds a target's indices to the names, and their ranges to the list; false if one of them is none, which is told
     * and its name broken.
     */
    static boolean bind(List<Node> target, Node rhs, Context context, Names names, List<Range> ranges) {
        List<String> before = new ArrayList<>();
        for (Node node : target) {
            Optional<Range> range = range(node, context, rhs, before);
            range.ifPresent(r -> {
                ranges.add(r);
                before.add(r.name());
                names.put(r.name(), new Symbol.Int(r.index(), false));
            });
            if (range.isEmpty()) {
                RangeText.meant(node, names).forEach(name -> names.put(name, Symbol.Broken.BROKEN));
            }
        }
        return ranges.size() == target.size();
    }

    /** The range of one index of a target; empty, and told, if it is none. */
    private static Optional<Range> range(Node node, Context context, Node rhs, List<String> before) {
        Optional<RangeText> text = RangeText.of(node, context);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        RangeText t = text.get();
        if (!Reductions.canBind(t.name(), t.place(), new HashSet<>(before), context)) {
            return Optional.empty();
        }
        Optional<Range> range = t.resolve(t.name(), context, rhs);
        if (range.isEmpty()) {
            return range;
        }
        if (!range.get().lo().isZero()) {
            context.error(Diagnostic.error(
                            Codes.L034.name(),
                            t.whole(),
                            "the index `" + t.name() + "` of a target begins at 0, here at "
                                    + range.get().lo())
                    .help("shift it: write " + t.name() + " < " + range.get().extent() + " and " + t.name() + "+"
                            + range.get().lo() + " on the right"));
            return Optional.empty();
        }
        if (dependsOnData(range.get().hi())) {
            context.error(Codes.L034, t.whole(), "the extent of an axis is made of sizes, not of data");
            return Optional.empty();
        }
        return range;
    }

    /** Whether the entry of an integer tensor, or the position of a maximum, occurs in it. */
    static boolean dependsOnData(IntExpr e) {
        return e.atoms().stream().anyMatch(Targets::dependsOnData);
    }

    private static boolean dependsOnData(Atom atom) {
        if (atom instanceof Atom.FloorDiv q) {
            return dependsOnData(q.num()) || dependsOnData(q.den());
        }
        if (atom instanceof Atom.Mod m) {
            return dependsOnData(m.num()) || dependsOnData(m.den());
        }
        if (atom instanceof Atom.Extremum x) {
            return dependsOnData(x.left()) || dependsOnData(x.right());
        }
        return atom instanceof Atom.Abs a
                ? dependsOnData(a.arg())
                : atom instanceof Position.Entry || atom instanceof Position.Arg;
    }
}
