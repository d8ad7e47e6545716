package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
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
import java.util.Optional;
import java.util.Set;

/**
 * A layer fed with a tensor: what was its input is read there. A vector takes a tensor of several axes as if it were laid
 * out flat. Where no more of the vector is used than that an index runs over it ({@link AxisUses}), the index becomes
 * several, in every tensor along which it runs: {@code y[i] = f(o[i])} becomes {@code y[d,i,j] = f(x[d,i,j])}, in the
 * same memory and without a division. Else the vector becomes a let, which is read off by quotients and remainders,
 * {@code o[i] = x[i div (H*W), i div W mod H, i mod W]}.
 */
final class Feed {
    private final Layer layer;
    private final Tensor fed;
    private final Tensor from;
    private final List<Range> axes;
    private final Set<String> reserved;

    private Feed(Layer layer, Tensor fed, Tensor from, List<Range> axes, Set<String> reserved) {
        this.layer = layer;
        this.fed = fed;
        this.from = from;
        this.axes = List.copyOf(axes);
        this.reserved = reserved;
    }

    /**
     * The layer without the input.
     *
     * @param fed the input: of the tensor's shape, or of one axis as long as the tensor's axes together
     * @param from the tensor
     * @param axes its axes, with the names of its indices
     * @param reserved what no index may be called
     */
    static Layer of(Layer layer, Tensor fed, Tensor from, List<Range> axes, Set<String> reserved) {
        Feed feed = new Feed(layer, fed, from, axes, reserved);
        Optional<Set<Object>> group = fed.rank() == from.rank() ? Optional.of(Set.of()) : AxisUses.free(layer, fed);
        return group.map(feed::lifted).orElseGet(feed::flat);
    }

    // ---- the index becomes several

    private Layer lifted(Set<Object> group) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Tensor t : layer.tensors()) {
            if (t.equals(fed)) {
                continue;
            }
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
                Ref ref = r.ref().name().equals(fed.name()) ? Ref.value(from.name()) : r.ref();
                return new Expr.Read(ref, index(r.index()), r.pad() == null ? null : expr(r.pad()));
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

    // ---- the vector becomes a let

    private Layer flat() {
        Range index = Range.below(
                dev.adjoint.expr.Names.fresh("i", reserved), fed.shape().get(0));
        List<IntExpr> place = new ArrayList<>();
        IntExpr inner = IntExpr.ONE;
        for (int k = axes.size() - 1; k >= 0; k--) {
            IntExpr quotient = index.index().floorDiv(inner);
            place.add(0, k == 0 ? quotient : quotient.mod(axes.get(k).hi()));
            inner = inner.times(axes.get(k).hi());
        }
        Tensor let = new Tensor(fed.name(), Tensor.Role.LET, fed.shape(), fed.limit(), fed.place());
        List<Equation> equations = new ArrayList<>();
        equations.add(
                new Equation(let, List.of(index), new Expr.Read(Ref.value(from.name()), place, null), fed.place()));
        equations.addAll(layer.equations());
        return with(
                layer.tensors().stream().map(t -> t.equals(fed) ? let : t).toList(),
                equations,
                layer.valueAssumptions());
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
