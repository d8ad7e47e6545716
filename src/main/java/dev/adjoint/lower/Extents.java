package dev.adjoint.lower;

import dev.adjoint.expr.Names;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names for what an axis measures where that is more than a size: of {@code x[i < (H+1) div 2]} the extent is called
 * {@code I} after its index, computed once by the constructor, and a size like any other from there on.
 */
public final class Extents extends Rewriter {
    private final Map<IntExpr, String> names = new LinkedHashMap<>();
    private final Set<String> taken;

    private Extents(Set<String> taken) {
        this.taken = taken;
    }

    /** @param taken names that no extent may have; those chosen are added */
    public static Extents of(Layer layer, Set<String> taken) {
        Extents extents = new Extents(taken);
        for (Tensor tensor : layer.tensors()) {
            for (IntExpr extent : tensor.shape()) {
                extents.name(extent, stem(layer, extent));
            }
        }
        return extents;
    }

    /** The extent as a size, which is new unless it is known. */
    public IntExpr name(IntExpr extent, String stem) {
        if (extent.isConstant() || extent.asVariable().isPresent()) {
            return extent;
        }
        return IntExpr.var(names.computeIfAbsent(extent, e -> {
            String name = Names.fresh(stem, taken);
            taken.add(name);
            return name;
        }));
    }

    /** The index that runs over the extent, in upper case. */
    private static String stem(Layer layer, IntExpr extent) {
        for (Equation equation : layer.equations()) {
            for (Range range : equation.indices()) {
                if (range.lo().isZero() && range.hi().equals(extent)) {
                    return range.name().toUpperCase(java.util.Locale.ROOT);
                }
            }
        }
        return "extent";
    }

    /** Name → what it stands for, over the open sizes and the names before it. */
    public Map<String, IntExpr> definitions() {
        Map<String, IntExpr> definitions = new LinkedHashMap<>();
        names.forEach((extent, name) -> definitions.put(name, extent));
        return definitions;
    }

    /** What the layer assumes of its sizes, and what the names stand for. */
    public Known known(Layer layer) {
        Domain sizes = layer.sizeDomain();
        for (Map.Entry<IntExpr, String> name : names.entrySet()) {
            sizes = sizes.and(Constraint.eq(IntExpr.var(name.getValue()), name.getKey()));
        }
        return Known.of(sizes);
    }

    /** Values of all sizes and extents, for those that are open such as are usual. */
    public Map<String, Long> typical(Layer layer) {
        Map<String, Long> values = new LinkedHashMap<>(Effort.typical(layer));
        names.forEach((extent, name) -> values.put(
                name,
                extent.evaluate(atom -> values.getOrDefault(
                        atom instanceof dev.adjoint.index.Atom.Var variable ? variable.name() : "", 1L))));
        return values;
    }

    /** The same extents by their names. */
    public List<IntExpr> shape(List<IntExpr> shape) {
        return shape.stream().map(this::integer).toList();
    }

    /** The same definition with extents by their names. */
    public Definition definition(Definition definition) {
        List<Range> indices = definition.indices().stream().map(this::range).toList();
        return new Definition(definition.target(), indices, expr(definition.rhs()));
    }

    @Override
    public IntExpr integer(IntExpr e) {
        return Optional.ofNullable(names.get(e)).map(IntExpr::var).orElseGet(() -> super.integer(e));
    }
}
