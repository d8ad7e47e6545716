package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An equation with lets put in, so that all is computed in one: of {@code x[i] = Σ_m w[m]·o[i+m], y[i] = tanh(x[i] + b)}
 * it is {@code y[i] = tanh(Σ_m w[m]·o[i+m] + b)}, and x is never written to memory. A let is put in where one equation
 * alone reads it, for all of its entries, each at its place and under no reduction; of lets with a reduction one at most,
 * which stands behind no condition there. What is read several times is put in only if it is cheap beside the reduction,
 * which is the same object everywhere.
 *
 * @param definition the equation with lets put in
 * @param lets those
 */
public record Fusion(Definition definition, Set<Ref> lets) {
    /** The most operations that are computed again where a let is read several times. */
    private static final int MOST_REPEATED = 8;

    /** The equation with lets put in, one with a reduction among them; empty if there is none. */
    public static Optional<Fusion> of(Layer layer, Equation equation) {
        Set<Ref> lets = new LinkedHashSet<>();
        Expr rhs = equation.rhs();
        if (reduces(rhs)) {
            return Optional.empty();
        }
        Optional<Equation> next = next(layer, equation, rhs);
        while (next.isPresent()) {
            lets.add(Ref.value(next.get().target().name()));
            rhs = put(next.get(), equation.indices(), rhs);
            next = next(layer, equation, rhs);
        }
        Definition whole = new Definition(Ref.value(equation.target().name()), equation.indices(), rhs);
        return reduces(rhs) ? Optional.of(new Fusion(whole, lets)) : Optional.empty();
    }

    /** The first let, in the order of appearance, that can be put in. */
    private static Optional<Equation> next(Layer layer, Equation equation, Expr rhs) {
        List<IntExpr> place = equation.indices().stream().map(Range::index).toList();
        boolean reduced = reduces(rhs);
        for (Ref ref : Variables.refs(rhs)) {
            Optional<Equation> let = layer.equations().stream()
                    .filter(e -> e.target().role() == Tensor.Role.LET)
                    .filter(e -> e.target().shape().equals(equation.target().shape()))
                    .filter(e -> Ref.value(e.target().name()).equals(ref))
                    .findFirst();
            if (let.isPresent()
                    && isReadOnce(layer, ref)
                    && !(reduces(let.get().rhs())
                            && (reduced || branches(let.get().rhs())))) {
                int reads = readsAt(place, ref, rhs);
                if (reads == 1 || reads > 1 && cost(let.get().rhs()) <= MOST_REPEATED) {
                    return let;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isReadOnce(Layer layer, Ref ref) {
        return layer.equations().stream()
                        .filter(e -> Variables.refs(e.rhs()).contains(ref))
                        .count()
                == 1;
    }

    /** How often a tensor is read at a place; −1 if it is read elsewhere too, or in a reduction. */
    private static int readsAt(List<IntExpr> place, Ref ref, Expr rhs) {
        int[] reads = {0};
        boolean[] elsewhere = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Reduce) {
                    elsewhere[0] |= Variables.refs(e).contains(ref);
                    return e;
                }
                if (e instanceof Expr.Read r && r.ref().equals(ref)) {
                    reads[0]++;
                    elsewhere[0] |= !r.index().equals(place);
                }
                return super.expr(e);
            }

            @Override
            public IntExpr atom(Atom atom) {
                elsewhere[0] |= atom instanceof Position.Arg;
                return super.atom(atom);
            }
        }.expr(rhs);
        return elsewhere[0] ? -1 : reads[0];
    }

    private static Expr put(Equation let, List<Range> indices, Expr rhs) {
        Map<String, IntExpr> here = new HashMap<>();
        for (int k = 0; k < indices.size(); k++) {
            here.put(let.indices().get(k).name(), indices.get(k).index());
        }
        Expr value = Substitution.of(let.rhs(), here);
        Ref ref = Ref.value(let.target().name());
        return new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Reduce) {
                    return e;
                }
                return e instanceof Expr.Read r && r.ref().equals(ref) ? value : super.expr(e);
            }
        }.expr(rhs);
    }

    private static boolean reduces(Expr e) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                found[0] |= inner instanceof Expr.Reduce;
                return super.expr(inner);
            }

            @Override
            public IntExpr atom(Atom atom) {
                found[0] |= atom instanceof Position.Arg;
                return super.atom(atom);
            }
        }.expr(e);
        return found[0];
    }

    /** Whether there is a condition, which may guard what a reduction reads. */
    private static boolean branches(Expr e) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                found[0] |= inner instanceof Expr.Select || inner instanceof Expr.Iverson;
                return inner instanceof Expr.Reduce ? inner : super.expr(inner);
            }
        }.expr(e);
        return found[0];
    }

    /** About how many operations; a reduction is known and costs none, a function more than may be repeated. */
    private static int cost(Expr e) {
        int[] cost = {0};
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                if (inner instanceof Expr.Reduce) {
                    return inner;
                }
                boolean function = inner instanceof Expr.Apply a
                                && a.fun() != Fun.Known.ABS
                                && a.fun() != Fun.Known.FLOOR
                                && a.fun() != Fun.Known.RELU
                        || inner instanceof Expr.Pow;
                cost[0] += function ? MOST_REPEATED + 1 : 1;
                return super.expr(inner);
            }

            @Override
            public Cond cond(Cond c) {
                cost[0]++;
                return super.cond(c);
            }
        }.expr(e);
        return cost[0];
    }
}
