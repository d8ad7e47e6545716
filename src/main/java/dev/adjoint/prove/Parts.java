package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What a claim may lack: the smaller parts of formulas that are true, and the entries of all tensors, with the indices
 * that are known in a place. An index of the formula that means nothing there becomes one that runs over the same range.
 */
final class Parts {
    /** Nodes of a part; a larger one would name no mistake. */
    private static final int LARGEST = 9;
    /** Ways to name the indices of one part. */
    private static final int NAMINGS = 12;

    private final List<Part<Expr>> values = new ArrayList<>();
    private final List<Part<IntExpr>> integers = new ArrayList<>();
    private final List<Part<Cond>> conds = new ArrayList<>();
    private final Map<Ref, List<IntExpr>> tensors;
    private final Map<List<Range>, List<Expr>> valuesIn = new HashMap<>();
    private final Map<List<Range>, List<IntExpr>> integersIn = new HashMap<>();
    private final Map<List<Range>, List<Cond>> condsIn = new HashMap<>();

    /** @param indices those that it uses, sizes apart */
    private record Part<T>(T part, List<Range> indices) {}

    /** A formula in its indices. */
    record Form(Expr formula, List<Range> free) {}

    /**
     * @param forms true formulas, and the claimed one
     * @param tensors what may be read, with the extents of its axes
     */
    Parts(Collection<Form> forms, Map<Ref, List<IntExpr>> tensors) {
        this.tensors = new LinkedHashMap<>(tensors);
        Set<Object> seen = new LinkedHashSet<>();
        for (Form form : forms) {
            Site.All sites = Site.of(form.formula(), form.free());
            for (Site<Expr> site : sites.values()) {
                Expr e = site.part();
                if (!(e instanceof Expr.Num) && nodes(e) <= LARGEST) {
                    keep(values, seen, e, Variables.of(e), site.scope());
                }
            }
            sites.integers()
                    .forEach(s -> keep(integers, seen, s.part(), s.part().variables(), s.scope()));
            sites.conds().forEach(s -> keep(conds, seen, s.part(), Variables.of(s.part()), s.scope()));
        }
        for (List<IntExpr> shape : tensors.values()) {
            shape.forEach(extent -> keep(integers, seen, extent, Set.of(), List.of()));
        }
    }

    private static <T> void keep(
            List<Part<T>> parts, Set<Object> seen, T part, Set<String> variables, List<Range> scope) {
        List<Range> used = new ArrayList<>();
        for (Range range : scope) {
            if (variables.contains(range.name())) {
                used.removeIf(r -> r.name().equals(range.name()));
                used.add(range);
            }
        }
        Part<T> kept = new Part<>(part, used);
        if (seen.add(kept)) {
            parts.add(kept);
        }
    }

    static int nodes(Expr e) {
        int[] nodes = {0};
        new Rewriter() {
            @Override
            public Expr expr(Expr each) {
                nodes[0]++;
                return super.expr(each);
            }
        }.expr(e);
        return nodes[0];
    }

    List<Expr> values(List<Range> scope) {
        return valuesIn.computeIfAbsent(scope, s -> {
            Set<Expr> all = new LinkedHashSet<>();
            tensors.forEach((ref, shape) -> all.addAll(reads(ref, shape, s)));
            all.addAll(renamed(values, s, (e, names) -> Substitution.of(e, names)));
            return List.copyOf(all);
        });
    }

    List<IntExpr> integers(List<Range> scope) {
        return integersIn.computeIfAbsent(
                scope, s -> List.copyOf(renamed(integers, s, (e, names) -> e.substitute(names))));
    }

    List<Cond> conds(List<Range> scope) {
        return condsIn.computeIfAbsent(
                scope, s -> List.copyOf(renamed(conds, s, (c, names) -> new Substitution(names).cond(c))));
    }

    /** How far indices may run: the extents of the axes of all tensors. */
    Set<IntExpr> extents() {
        Set<IntExpr> extents = new LinkedHashSet<>();
        tensors.values().forEach(extents::addAll);
        return extents;
    }

    /** What integers add that depends on no index. */
    List<IntExpr> offsets() {
        Set<IntExpr> offsets = new LinkedHashSet<>();
        for (Part<IntExpr> part : integers) {
            IntExpr rest = part.part();
            for (Range range : part.indices()) {
                rest = rest.substitute(range.name(), IntExpr.ZERO);
            }
            if (!rest.isZero()) {
                offsets.add(rest);
            }
        }
        return List.copyOf(offsets);
    }

    /** The entries of a tensor whose every axis one index runs over. */
    private static List<Expr> reads(Ref ref, List<IntExpr> shape, List<Range> scope) {
        List<List<IntExpr>> indices = new ArrayList<>(List.of(List.of()));
        for (IntExpr extent : shape) {
            List<List<IntExpr>> longer = new ArrayList<>();
            for (List<IntExpr> prefix : indices) {
                for (Range range : scope) {
                    if (range.lo().isZero()
                            && range.hi().equals(extent)
                            && !prefix.contains(range.index())
                            && longer.size() < NAMINGS) {
                        List<IntExpr> index = new ArrayList<>(prefix);
                        index.add(range.index());
                        longer.add(index);
                    }
                }
            }
            indices = longer;
        }
        return indices.stream().map(index -> Exprs.read(ref, index)).toList();
    }

    private static <T> Set<T> renamed(
            List<Part<T>> parts, List<Range> scope, BiFunction<T, Map<String, IntExpr>, T> rename) {
        Set<T> all = new LinkedHashSet<>();
        for (Part<T> part : parts) {
            for (Map<String, IntExpr> names : namings(part.indices(), scope)) {
                all.add(rename.apply(part.part(), names));
            }
        }
        return all;
    }

    private static List<Map<String, IntExpr>> namings(List<Range> indices, List<Range> scope) {
        List<Map<String, IntExpr>> namings = new ArrayList<>(List.of(Map.of()));
        for (Range index : indices) {
            List<Map<String, IntExpr>> longer = new ArrayList<>();
            for (Map<String, IntExpr> prefix : namings) {
                for (Range other : likely(index, scope)) {
                    if (!prefix.containsValue(other.index()) && longer.size() < NAMINGS) {
                        Map<String, IntExpr> naming = new LinkedHashMap<>(prefix);
                        naming.put(index.name(), other.index());
                        longer.add(naming);
                    }
                }
            }
            namings = longer;
        }
        return namings;
    }

    /** The index itself if it is known, then those with its range; any, if there is none. */
    private static List<Range> likely(Range index, List<Range> scope) {
        Set<Range> likely = new LinkedHashSet<>();
        scope.stream().filter(r -> r.name().equals(index.name())).forEach(likely::add);
        scope.stream()
                .filter(r -> r.lo().equals(index.lo()) && r.hi().equals(index.hi()))
                .forEach(likely::add);
        return likely.isEmpty() ? scope : List.copyOf(likely);
    }
}
