package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The range of an index that has none: the extent of the axis where it stands alone and unpadded. */
final class Inference {
    private record Hit(IntExpr extent, String tensor, Place place) {}

    private final String name;
    private final Context context;
    private final List<Hit> hits = new ArrayList<>();

    /** Whether the index stands alone where something else is wrong, which is told there. */
    private boolean unclear;

    private Inference(String name, Context context) {
        this.name = name;
        this.context = context;
    }

    /** Whether the index stands alone at an axis there. */
    static boolean found(RangeText range, Context context, Node searched) {
        Inference inference = new Inference(range.name(), context.quiet());
        inference.search(searched, false, inference.context);
        return !inference.hits.isEmpty() || inference.unclear;
    }

    /** The extent; null, and told, if no axis or two different ones are found. */
    static @Nullable IntExpr extent(RangeText range, Context context, Node... searched) {
        // What the axes are is asked quietly: their own errors are told when the expression itself is resolved.
        Names names = context.names().with(range.name(), new Symbol.Int(IntExpr.var(range.name()), false));
        Inference inference = new Inference(range.name(), context.names(names).quiet());
        for (Node node : searched) {
            inference.search(node, false, inference.context);
        }
        if (inference.hits.isEmpty() && inference.unclear) {
            return null;
        }
        if (inference.hits.isEmpty()) {
            context.error(Diagnostic.error(
                            Codes.L035.name(),
                            range.place(),
                            "the index `" + range.name() + "` has no range: it stands alone, unpadded, at no axis")
                    .help("write its range, as " + range.name() + " < n"));
            return null;
        }
        Hit first = inference.hits.get(0);
        for (Hit other : inference.hits) {
            if (!context.work().same(first.extent, other.extent)) {
                context.error(Diagnostic.error(
                                Codes.L036.name(),
                                range.place(),
                                "the index `" + range.name() + "` stands at axes of different extents, " + first.extent
                                        + " and " + other.extent)
                        .note("an axis of " + first.tensor + " with " + first.extent + " entries", first.place)
                        .note("an axis of " + other.tensor + " with " + other.extent + " entries", other.place)
                        .help("write its range, as " + range.name() + " < " + first.extent));
                return null;
            }
        }
        return first.extent;
    }

    private void search(Node node, boolean padded, Context context) {
        if (node instanceof Node.Access access) {
            if (!access.index().isEmpty()) {
                TensorValue tensor = Accesses.tensor(access.reference(), context);
                hit(tensor, access.index(), padded);
                boolean fits = tensor != null && tensor.rank() == access.index().size();
                unclear |= !fits
                        && access.index().stream().anyMatch(n -> Nodes.name(n).equals(name));
            }
            access.index().forEach(i -> search(i, false, context));
            return;
        }
        if (node instanceof Node.Call call) {
            boolean pad = call.name().equals("pad");
            for (int k = 0; k < call.args().size(); k++) {
                Node arg = call.args().get(k);
                search(pad ? Nodes.bare(arg) : arg, pad && k == 0, context);
            }
            if (!call.index().isEmpty()) {
                hit(Applications.of(call, context), call.index(), padded);
            }
            call.index().forEach(i -> search(i, false, context));
            return;
        }
        Context inside = node instanceof Node.Reduction r ? within(r, context) : context;
        Nodes.children(node).forEach(child -> search(child, false, inside));
    }

    /** The indices of an inner reduction, whatever their ranges: a definition applied inside may use them. */
    private static Context within(Node.Reduction r, Context context) {
        Names names = context.names().inside();
        for (Node range : r.ranges()) {
            RangeText.of(range, context)
                    .ifPresent(text -> names.put(text.name(), new Symbol.Int(IntExpr.var(text.name()), false)));
        }
        return context.names(names);
    }

    private void hit(@Nullable TensorValue tensor, List<Node> index, boolean padded) {
        if (tensor == null || padded || tensor.rank() != index.size()) {
            return;
        }
        for (int k = 0; k < index.size(); k++) {
            if (Nodes.name(index.get(k)).equals(name)) {
                hits.add(new Hit(
                        tensor.shape().get(k), tensor.title(), index.get(k).place()));
            }
        }
    }
}
