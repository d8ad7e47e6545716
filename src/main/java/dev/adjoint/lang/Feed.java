package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.AxisUses.Axis;
import dev.adjoint.lang.AxisUses.Index;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A layer of vectors fed with a tensor of several axes, as if it were laid out flat. Where no more of the vector is used
 * than that an index runs over it ({@link AxisUses}), the index becomes several, in every tensor along which it runs:
 * {@code y[i] = f(x[i])} becomes {@code y[d,i,j] = f(x[d,i,j])}, in the same memory and without a division. Else the
 * layer reads by quotients and remainders, {@code x[i]} as {@code x[i div (H*W), i div W mod H, i mod W]}.
 */
final class Feed {
    private final Layer layer;
    private final Tensor fed;
    private final List<Range> axes;
    private final Set<String> reserved;

    private Feed(Layer layer, Tensor fed, List<Range> axes, Set<String> reserved) {
        this.layer = layer;
        this.fed = fed;
        this.axes = List.copyOf(axes);
        this.reserved = reserved;
    }

    /**
     * The layer as it reads the tensor in its own shape.
     *
     * @param fed the layer's input, of one axis, as long as the axes together
     * @param axes of what is fed to it, with the names of its indices
     * @param reserved what no index may be called
     */
    static Layer of(Layer layer, Tensor fed, List<Range> axes, Set<String> reserved) {
        Feed feed = new Feed(layer, fed, axes, reserved);
        return AxisUses.free(layer, fed).map(feed::lifted).orElseGet(feed::divided);
    }

    // ---- the index becomes several

    private Layer lifted(Set<Object> group) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Tensor t : layer.tensors()) {
            List<IntExpr> shape = new ArrayList<>();
            for (int k = 0; k < t.rank(); k++) {
                if (group.contains(new Axis(t.name(), k))) {
                    axes.forEach(r -> shape.add(r.hi()));
                } else {
                    shape.add(t.shape().get(k));
                }
            }
            tensors.put(t.name(), new Tensor(t.name(), t.role(), shape, t.limit(), t.place()));
        }
        List<Equation> equations = new ArrayList<>();
        for (int k = 0; k < layer.equations().size(); k++) {
            Equation e = layer.equations().get(k);
            Set<String> taken = Scoped.indices(List.of(e.rhs()), List.of());
            e.indices().forEach(r -> taken.add(r.name()));
            Lifted lifted = new Lifted(k, group, taken);
            List<Range> free = lifted.enter(e.indices());
            Tensor target = Objects.requireNonNull(tensors.get(e.target().name()));
            equations.add(new Equation(target, free, lifted.expr(e.rhs()), e.place()));
        }
        List<Cond> values = new ArrayList<>();
        for (int k = 0; k < layer.valueAssumptions().size(); k++) {
            Cond c = layer.valueAssumptions().get(k);
            values.add(new Lifted(-1 - k, group, Scoped.indices(List.of(), List.of(c))).cond(c));
        }
        return with(List.copyOf(tensors.values()), equations, values);
    }

    private final class Lifted extends Scoped {
        private final int equation;
        private final Set<Object> group;
        private final Set<String> taken;
        private final Map<Integer, List<IntExpr>> places = new HashMap<>();

        /** @param taken the names of the equation's indices */
        Lifted(int equation, Set<Object> group, Set<String> taken) {
            this.equation = equation;
            this.group = group;
            this.taken = new LinkedHashSet<>(taken);
        }

        @Override
        List<Range> bind(int number, Range range) {
            if (!group.contains(new Index(equation, number))) {
                return List.of(range);
            }
            List<Range> several = new ArrayList<>();
            taken.remove(range.name());
            for (Range axis : axes) {
                Set<String> busy = new LinkedHashSet<>(reserved);
                busy.addAll(taken);
                String name = dev.adjoint.expr.Names.fresh(axis.name(), busy);
                taken.add(name);
                several.add(Range.below(name, axis.hi()));
            }
            taken.add(range.name());
            places.put(number, several.stream().map(Range::index).toList());
            return several;
        }

        private List<IntExpr> index(List<IntExpr> index) {
            List<IntExpr> lifted = new ArrayList<>();
            for (IntExpr e : index) {
                List<IntExpr> place =
                        e.asVariable().map(v -> places.get(number(v))).orElse(null);
                if (place == null) {
                    lifted.add(integer(e));
                } else {
                    lifted.addAll(place);
                }
            }
            return lifted;
        }

        @Override
        public Expr expr(Expr e) {
            if (e instanceof Expr.Read r) {
                return new Expr.Read(r.ref(), index(r.index()), r.pad() == null ? null : expr(r.pad()));
            }
            return super.expr(e);
        }

        @Override
        public IntExpr atom(Atom atom) {
            return atom instanceof Position.Entry entry
                    ? IntExpr.of(new Position.Entry(entry.tensor(), index(entry.index())))
                    : super.atom(atom);
        }
    }

    // ---- quotients and remainders

    private Layer divided() {
        Divided divided = new Divided();
        List<Tensor> tensors = layer.tensors().stream()
                .map(t -> t == fed ? shaped(t, axes.stream().map(Range::hi).toList()) : t)
                .toList();
        List<Equation> equations = layer.equations().stream()
                .map(e -> new Equation(e.target(), e.indices(), divided.expr(e.rhs()), e.place()))
                .toList();
        return with(
                tensors,
                equations,
                layer.valueAssumptions().stream().map(divided::cond).toList());
    }

    private static Tensor shaped(Tensor t, List<IntExpr> shape) {
        return new Tensor(t.name(), t.role(), shape, t.limit(), t.place());
    }

    /** What lies outside of the vector lies outside of the first axis. */
    private final class Divided extends dev.adjoint.expr.Rewriter {
        @Override
        public Expr expr(Expr e) {
            if (!(e instanceof Expr.Read r) || !r.ref().name().equals(fed.name())) {
                return super.expr(e);
            }
            IntExpr flat = integer(r.index().get(0));
            List<IntExpr> index = new ArrayList<>();
            IntExpr inner = IntExpr.ONE;
            for (int k = axes.size() - 1; k >= 0; k--) {
                IntExpr quotient = flat.floorDiv(inner);
                index.add(0, k == 0 ? quotient : quotient.mod(axes.get(k).hi()));
                inner = inner.times(axes.get(k).hi());
            }
            return new Expr.Read(r.ref(), index, r.pad() == null ? null : expr(r.pad()));
        }
    }

    private Layer with(List<Tensor> tensors, List<Equation> equations, List<Cond> valueAssumptions) {
        return new Layer(
                layer.packageName(),
                layer.name(),
                layer.doc(),
                layer.sizes(),
                tensors,
                layer.functions(),
                equations,
                layer.assumptions(),
                valueAssumptions,
                layer.claims(),
                layer.verifications(),
                layer.openReads(),
                layer.place());
    }
}
