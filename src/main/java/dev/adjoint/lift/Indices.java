package dev.adjoint.lift;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names by which the entries of a tensor go: those that the layer's equations use, where they stand alone. */
final class Indices {
    private static final List<String> USUAL = List.of("p", "q", "r", "s", "t", "u");

    private Indices() {}

    static List<Range> of(Layer layer, Ref ref, List<IntExpr> shape) {
        Set<String> taken = new HashSet<>();
        layer.sizes().forEach(s -> taken.add(s.name()));
        layer.tensors().forEach(t -> taken.add(t.name()));
        taken.addAll(layer.functions());
        List<Optional<String>> named = named(layer, ref.name(), shape.size());
        List<Range> ranges = new ArrayList<>();
        Set<String> used = new HashSet<>(taken);
        named.forEach(n -> n.ifPresent(used::add));
        Set<String> given = new HashSet<>(taken);
        for (int k = 0; k < shape.size(); k++) {
            Optional<String> own = named.get(k).filter(given::add);
            String name = own.orElseGet(() -> Names.first(USUAL, used));
            used.add(name);
            ranges.add(Range.below(name, shape.get(k)));
        }
        return ranges;
    }

    private static List<Optional<String>> named(Layer layer, String tensor, int rank) {
        for (Equation equation : layer.equations()) {
            if (equation.target().name().equals(tensor)) {
                return equation.indices().stream()
                        .map(r -> Optional.of(r.name()))
                        .toList();
            }
        }
        List<List<Optional<String>>> found = new ArrayList<>();
        Rewriter reads = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read read && read.ref().name().equals(tensor)) {
                    found.add(read.index().stream().map(IntExpr::asVariable).toList());
                }
                return super.expr(e);
            }
        };
        layer.equations().forEach(equation -> reads.expr(equation.rhs()));
        List<Optional<String>> none = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            none.add(Optional.empty());
        }
        return found.isEmpty() ? none : found.get(0);
    }
}
