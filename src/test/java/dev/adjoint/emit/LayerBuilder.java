package dev.adjoint.emit;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Layers written by hand, without the language: what the tests of emission start from. */
public final class LayerBuilder {
    private static final Place NOWHERE = Place.at("test.layer", 1, 1);

    private final String name;
    private final Map<String, IntExpr> sizes = new LinkedHashMap<>();
    private final List<Size> open = new ArrayList<>();
    private final Map<String, Long> bound = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Equation> equations = new ArrayList<>();
    private final List<Cond> assumptions = new ArrayList<>();

    private LayerBuilder(String name) {
        this.name = name;
    }

    /** A layer whose sizes are open, but for those that have a value here. */
    public static LayerBuilder layer(String name, Map<String, Long> bound, String... sizes) {
        LayerBuilder builder = new LayerBuilder(name);
        for (String size : sizes) {
            Long value = bound.get(size);
            if (value == null) {
                builder.open.add(new Size(size, OptionalLong.empty(), NOWHERE));
                builder.sizes.put(size, IntExpr.var(size));
            } else {
                builder.bound.put(size, value);
                builder.sizes.put(size, IntExpr.of(value));
            }
        }
        return builder;
    }

    /** A size's value, or its name. */
    public IntExpr size(String size) {
        return sizes.get(size);
    }

    public LayerBuilder tensor(Tensor.Role role, String tensor, IntExpr... shape) {
        tensors.add(new Tensor(tensor, role, List.of(shape), Optional.empty(), NOWHERE));
        return this;
    }

    public LayerBuilder integers(String tensor, IntExpr limit, IntExpr... shape) {
        tensors.add(new Tensor(tensor, Tensor.Role.CONST, List.of(shape), Optional.of(limit), NOWHERE));
        return this;
    }

    public LayerBuilder assume(Cond cond) {
        assumptions.add(cond);
        return this;
    }

    public LayerBuilder equation(String tensor, List<String> indices, Expr rhs) {
        Tensor target = tensors.stream()
                .filter(t -> t.name().equals(tensor))
                .findFirst()
                .orElseThrow();
        List<Range> ranges = new ArrayList<>();
        for (int k = 0; k < indices.size(); k++) {
            ranges.add(Range.below(indices.get(k), target.shape().get(k)));
        }
        equations.add(new Equation(target, ranges, rhs, NOWHERE));
        return this;
    }

    public Layer layer() {
        return new Layer(
                "test",
                name,
                "",
                open,
                tensors,
                List.of(),
                equations,
                assumptions,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                NOWHERE);
    }

    public Generate generate(Generate.Options options) {
        return new Generate(name, "test", layer(), name, bound, options, NOWHERE);
    }

    public Generate generate() {
        return generate(Generate.Options.DEFAULT);
    }

    public static IntExpr i(String name) {
        return IntExpr.var(name);
    }

    public static Expr read(String tensor, IntExpr... index) {
        return Exprs.read(Ref.value(tensor), List.of(index));
    }

    public static Expr pad(Expr pad, String tensor, IntExpr... index) {
        return new Expr.Read(Ref.value(tensor), List.of(index), pad);
    }

    public static Range below(String name, IntExpr hi) {
        return Range.below(name, hi);
    }
}
