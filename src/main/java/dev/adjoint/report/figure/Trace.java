package dev.adjoint.report.figure;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an expression reads at one point, at given sizes: its terms, multiplied out, each as the entries that are
 * multiplied in it. A condition on integers is decided; one on data may hold.
 */
final class Trace {
    /** Says that there is nothing to draw: places depend on data, or there are too many. */
    static final class Untraceable extends RuntimeException {
        Untraceable(String why) {
            super(why, null, false, false);
        }
    }

    private static final int MOST_TERMS = 20_000;

    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Evaluator<Long> integers;

    Trace(Layer layer, Map<String, Long> sizes) {
        this.layer = layer;
        this.sizes = Map.copyOf(sizes);
        this.integers = new Evaluator<>(new PrimeField(1), new NoData(), sizes);
    }

    private static final class NoData implements Source<Long> {
        @Override
        public long[] shape(Ref ref) {
            throw new Untraceable("a place depends on data");
        }

        @Override
        public Long read(Ref ref, long[] index) {
            throw new Untraceable("a place depends on data");
        }
    }

    /** The extents of a tensor, of the error that arrives at it, and of its gradient. */
    List<Long> shape(Ref ref) {
        Tensor tensor = layer.tensor(ref.name()).orElseThrow();
        return tensor.shape().stream().map(e -> integers.integer(e, Map.of())).toList();
    }

    long integer(IntExpr e) {
        return integers.integer(e, Map.of());
    }

    /**
     * The terms at a point, each the entries multiplied in it, in the order of the formula.
     *
     * @throws Untraceable if places depend on data or there are too many terms
     */
    List<List<Access>> terms(Expr e, Map<String, Long> at) {
        return terms(e, new HashMap<>(at), 0);
    }

    private List<List<Access>> terms(Expr e, Map<String, Long> at, int depth) {
        if (e instanceof Expr.Read r) {
            List<Long> index = r.index().stream().map(i -> integer(i, at)).toList();
            return List.of(List.of(new Access(r.ref(), index, isInside(r.ref(), index))));
        }
        if (e instanceof Expr.Add a) {
            List<List<Access>> all = new ArrayList<>();
            a.terms().forEach(term -> all.addAll(terms(term, at, depth)));
            return limited(all);
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors(), at, depth);
        }
        if (e instanceof Expr.Reduce r) {
            List<List<Access>> all = new ArrayList<>();
            loop(r.ranges(), 0, at, () -> all.addAll(terms(r.body(), at, depth + 1)));
            return limited(all);
        }
        if (e instanceof Expr.Select s) {
            if (isStatic(s.cond())) {
                return terms(holds(s.cond(), at) ? s.then() : s.otherwise(), at, depth);
            }
            List<List<Access>> both = new ArrayList<>(terms(s.then(), at, depth));
            both.addAll(terms(s.otherwise(), at, depth));
            return both;
        }
        if (e instanceof Expr.Pow p) {
            return terms(p.base(), at, depth);
        }
        if (e instanceof Expr.Apply a) {
            return terms(a.arg(), at, depth);
        }
        if (e instanceof Expr.Stop s) {
            return terms(s.arg(), at, depth);
        }
        if (e instanceof Expr.Extremum x) {
            List<List<Access>> both = new ArrayList<>(terms(x.left(), at, depth));
            both.addAll(terms(x.right(), at, depth));
            return both;
        }
        if (e instanceof Expr.Deriv) {
            throw new Untraceable("a derivative that is not carried out");
        }
        return List.of(List.of());
    }

    private List<List<Access>> product(List<Expr> factors, Map<String, Long> at, int depth) {
        for (Expr factor : factors) {
            if (factor instanceof Expr.Iverson i && isStatic(i.cond()) && !holds(i.cond(), at)) {
                return List.of();
            }
        }
        List<List<Access>> product = List.of(List.of());
        for (Expr factor : factors) {
            if (factor instanceof Expr.Iverson) {
                continue;
            }
            List<List<Access>> terms = terms(factor, at, depth);
            List<List<Access>> longer = new ArrayList<>();
            for (List<Access> left : product) {
                for (List<Access> right : terms) {
                    List<Access> both = new ArrayList<>(left);
                    both.addAll(right);
                    longer.add(both);
                }
                limited(longer);
            }
            product = longer;
        }
        return product;
    }

    private static List<List<Access>> limited(List<List<Access>> terms) {
        if (terms.size() > MOST_TERMS) {
            throw new Untraceable("more than " + MOST_TERMS + " terms");
        }
        return terms;
    }

    private void loop(List<Range> ranges, int depth, Map<String, Long> at, Runnable body) {
        if (depth == ranges.size()) {
            body.run();
            return;
        }
        Range range = ranges.get(depth);
        long hi = integer(range.hi(), at);
        Long shadowed = at.get(range.name());
        for (long k = integer(range.lo(), at); k < hi; k++) {
            at.put(range.name(), k);
            loop(ranges, depth + 1, at, body);
        }
        at.remove(range.name());
        if (shadowed != null) {
            at.put(range.name(), shadowed);
        }
    }

    private long integer(IntExpr e, Map<String, Long> at) {
        return e.evaluate(atom -> leaf(atom, at));
    }

    private long leaf(Atom atom, Map<String, Long> at) {
        if (atom instanceof Atom.Var v) {
            Long value = at.getOrDefault(v.name(), sizes.get(v.name()));
            if (value != null) {
                return value;
            }
        }
        if (atom instanceof Position.Entry || atom instanceof Position.Arg) {
            throw new Untraceable("a place depends on data");
        }
        throw new IllegalStateException("no value of " + atom);
    }

    /** Whether the condition is about integers alone. */
    private static boolean isStatic(Cond c) {
        if (c instanceof Cond.Values) {
            return false;
        }
        if (c instanceof Cond.And a) {
            return a.parts().stream().allMatch(Trace::isStatic);
        }
        if (c instanceof Cond.Or o) {
            return o.parts().stream().allMatch(Trace::isStatic);
        }
        if (c instanceof Cond.Not n) {
            return isStatic(n.part());
        }
        return Variables.refs(c).isEmpty();
    }

    private boolean holds(Cond c, Map<String, Long> at) {
        return integers.holds(c, at);
    }

    private boolean isInside(Ref ref, List<Long> index) {
        List<Long> shape = shape(ref);
        for (int k = 0; k < shape.size(); k++) {
            if (index.get(k) < 0 || index.get(k) >= shape.get(k)) {
                return false;
            }
        }
        return true;
    }
}
