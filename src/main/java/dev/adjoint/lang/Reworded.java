package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
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
 * A layer as it stands in a chain: its sizes replaced, its tensors and functions called otherwise, and its indices, where
 * they bear a name that is one of the chain's, renamed. No index captures a size.
 */
final class Reworded extends Scoped {
    /**
     * What takes the place of what.
     *
     * @param sizes what each size becomes
     * @param names what each size that stays, each tensor and each function is called
     * @param reserved what no index may be called
     */
    record Words(Map<String, IntExpr> sizes, Map<String, String> names, Set<String> reserved) {
        String name(String own) {
            return names.getOrDefault(own, own);
        }
    }

    private final Words words;
    /** Names that no new index may take. */
    private final Set<String> busy;

    private final Map<Integer, IntExpr> indices = new HashMap<>();

    private Reworded(Words words, Set<String> indices) {
        this.words = words;
        this.busy = new LinkedHashSet<>(words.reserved());
        busy.addAll(indices);
    }

    /** The layer in other words; without claims, which are not looked at here. */
    static Layer of(Layer layer, Words words) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Tensor t : layer.tensors()) {
            List<IntExpr> shape =
                    t.shape().stream().map(e -> e.substitute(words.sizes())).toList();
            Optional<IntExpr> limit = t.limit().map(e -> e.substitute(words.sizes()));
            tensors.put(t.name(), new Tensor(words.name(t.name()), t.role(), shape, limit, t.place()));
        }
        List<Equation> equations = new ArrayList<>();
        for (Equation e : layer.equations()) {
            Set<String> indices = Scoped.indices(List.of(e.rhs()), List.of());
            e.indices().forEach(r -> indices.add(r.name()));
            Reworded equation = new Reworded(words, indices);
            List<Range> free = equation.enter(e.indices());
            Tensor target = Objects.requireNonNull(tensors.get(e.target().name()));
            equations.add(new Equation(target, free, equation.expr(e.rhs()), e.place()));
        }
        return new Layer(
                layer.packageName(),
                layer.name(),
                layer.doc(),
                layer.sizes().stream()
                        .filter(s -> words.names().containsKey(s.name()))
                        .map(s -> new Size(words.name(s.name()), s.defaultValue(), s.place()))
                        .toList(),
                List.copyOf(tensors.values()),
                layer.functions().stream().map(words::name).toList(),
                equations,
                layer.assumptions().stream().map(c -> condition(c, words)).toList(),
                layer.valueAssumptions().stream().map(c -> condition(c, words)).toList(),
                List.of(),
                List.of(),
                layer.openReads().stream()
                        .map(r -> new Layer.OpenRead(condition(r.inside(), words), r.read(), r.place()))
                        .toList(),
                layer.place());
    }

    private static Cond condition(Cond c, Words words) {
        return new Reworded(words, Scoped.indices(List.of(), List.of(c))).cond(c);
    }

    @Override
    List<Range> bind(int number, Range range) {
        String name = range.name();
        if (words.reserved().contains(name)) {
            name = dev.adjoint.expr.Names.fresh(name, busy);
            busy.add(name);
        }
        indices.put(number, IntExpr.var(name));
        return List.of(new Range(name, range.lo(), range.hi()));
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Read r) {
            Ref ref =
                    new Ref(r.ref().kind(), words.name(r.ref().name()), r.ref().sole());
            return new Expr.Read(ref, integers(r.index()), r.pad() == null ? null : expr(r.pad()));
        }
        if (e instanceof Expr.Apply a && a.fun() instanceof Fun.Open f) {
            return Exprs.apply(new Fun.Open(words.name(f.name()), f.order()), expr(a.arg()));
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            IntExpr value = number(variable.name()) >= 0
                    ? indices.get(number(variable.name()))
                    : words.sizes().get(variable.name());
            return value == null ? IntExpr.of(atom) : value;
        }
        if (atom instanceof Position.Entry entry) {
            return IntExpr.of(new Position.Entry(words.name(entry.tensor()), integers(entry.index())));
        }
        return super.atom(atom);
    }
}
