package dev.adjoint.lang;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which axes of a layer's tensors are one: those that the same index runs along. A group of them is <em>free</em> where
 * each of its axes is only ever indexed by an index alone, which runs over all of it and does nothing else: then nothing
 * but the order of its entries is used, and the group may be any set of places.
 */
final class AxisUses {
    /** An axis of a tensor. */
    record Axis(String tensor, int number) {}

    /** An index of an equation, by its number in {@link Scoped}'s order; of value assumptions, −1 − k. */
    record Index(int equation, int number) {}

    private final Layer layer;
    private final Map<Object, Set<Object>> linked = new HashMap<>();
    private final Set<Object> bad = new LinkedHashSet<>();
    private final Map<Index, Range> ranges = new HashMap<>();

    private AxisUses(Layer layer) {
        this.layer = layer;
        for (int k = 0; k < layer.equations().size(); k++) {
            Equation e = layer.equations().get(k);
            Walk walk = new Walk(k);
            walk.enter(e.indices());
            walk.access(
                    e.target().name(), e.indices().stream().map(Range::index).toList());
            walk.expr(e.rhs());
        }
        for (int k = 0; k < layer.valueAssumptions().size(); k++) {
            new Walk(-1 - k).cond(layer.valueAssumptions().get(k));
        }
    }

    /** The axes and indices that go with the first axis of a tensor; empty if they are not free. */
    static Optional<Set<Object>> free(Layer layer, Tensor tensor) {
        AxisUses uses = new AxisUses(layer);
        Set<Object> group = new LinkedHashSet<>(Set.of(new Axis(tensor.name(), 0)));
        List<Object> todo = new ArrayList<>(group);
        while (!todo.isEmpty()) {
            for (Object next : uses.linked.getOrDefault(todo.remove(todo.size() - 1), Set.of())) {
                if (group.add(next)) {
                    todo.add(next);
                }
            }
        }
        IntExpr extent = tensor.shape().get(0);
        return group.stream().allMatch(each -> uses.isFree(each, extent)) ? Optional.of(group) : Optional.empty();
    }

    private boolean isFree(Object each, IntExpr extent) {
        if (each instanceof Axis axis) {
            Tensor tensor = layer.tensor(axis.tensor()).orElseThrow();
            return !bad.contains(axis) && tensor.shape().get(axis.number()).equals(extent);
        }
        Range range = ranges.get(each);
        return range != null
                && !bad.contains(each)
                && range.lo().isZero()
                && range.hi().equals(extent);
    }

    private void link(Object a, Object b) {
        linked.computeIfAbsent(a, k -> new LinkedHashSet<>()).add(b);
        linked.computeIfAbsent(b, k -> new LinkedHashSet<>()).add(a);
    }

    private final class Walk extends Scoped {
        private final int equation;

        Walk(int equation) {
            this.equation = equation;
        }

        @Override
        List<Range> bind(int number, Range range) {
            ranges.put(new Index(equation, number), range);
            return List.of(range);
        }

        /** An index alone goes along its axis; what else stands there uses its indices as numbers. */
        void access(String tensor, List<IntExpr> index) {
            for (int k = 0; k < index.size(); k++) {
                Axis axis = new Axis(tensor, k);
                int alone = index.get(k).asVariable().map(this::number).orElse(-1);
                if (alone < 0) {
                    bad.add(axis);
                    integer(index.get(k));
                } else {
                    link(axis, new Index(equation, alone));
                }
            }
        }

        @Override
        public Expr expr(Expr e) {
            if (e instanceof Expr.Read r) {
                access(r.ref().name(), r.index());
                return e;
            }
            return super.expr(e);
        }

        @Override
        public IntExpr atom(Atom atom) {
            if (atom instanceof Position.Entry entry) {
                access(entry.tensor(), entry.index());
                return IntExpr.of(atom);
            }
            if (atom instanceof Atom.Var variable && number(variable.name()) >= 0) {
                bad.add(new Index(equation, number(variable.name())));
            }
            return super.atom(atom);
        }
    }
}
