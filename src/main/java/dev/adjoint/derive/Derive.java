package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Expr.Num;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Derives the gradients of a layer: reverse-mode differentiation as rewriting.
 *
 * <p>The adjoint of a tensor T at the free indices q is, by the chain rule over every equation that reads it,
 * {@code grad T[q] = Σ_equations Σ_i delta[i] · d(rhs[i])/d(T[q])}. The derivative is pushed to the leaves
 * ({@link DerivativeRules}), where {@code d(T[a])/d(T[q]) = [a == q]}; sums are brought next to these Kronecker deltas
 * ({@link SumRules}) and the deltas eliminated ({@link SiftRules}); what remains of the ranges becomes bounds
 * ({@link BoundRules}) in the one form of the result and zero padding ({@link GuardRules}) in the other.
 */
public final class Derive {
    private static final List<String> FREE_NAMES = List.of("p", "q", "r", "s", "u", "v", "y", "z");

    private final Layer layer;
    private final Set<String> reserved = new LinkedHashSet<>();
    private final UnaryOperator<Rule> laws;

    private Derive(Layer layer, UnaryOperator<Rule> laws) {
        this.layer = layer;
        this.laws = laws;
        layer.sizes().forEach(s -> reserved.add(s.name()));
        layer.tensors().forEach(t -> reserved.add(t.name()));
        reserved.addAll(layer.functions());
        reserved.addAll(List.of("pi", "inf", "delta"));
    }

    /** Every gradient that the layer has, in an order in which they can be computed. */
    public static Derivation derive(Layer layer) {
        return derive(layer, UnaryOperator.identity());
    }

    /** With each rule as {@code laws} has it: a test plants a fault in one of them, and must see it caught. */
    static Derivation derive(Layer layer, UnaryOperator<Rule> laws) {
        return new Derive(layer, laws).derive();
    }

    /**
     * The expression with every {@code d(e)/d(T[q])} in it derived; {@code e} reads no let, output or gradient that
     * depends on T.
     *
     * @param free the free indices of the expression, with their ranges
     */
    public static Expr partials(Layer layer, List<Range> free, Expr e) {
        Derive derive = new Derive(layer, UnaryOperator.identity());
        Set<String> taken = new LinkedHashSet<>(derive.reserved);
        taken.addAll(Terms.names(free));
        taken.addAll(boundNames(e));
        return new Rewriting(Scope.of(layer, free, taken)).exhaust(RULES, Alpha.apart(e, taken));
    }

    private Derivation derive() {
        List<Gradient> gradients = new ArrayList<>();
        List<Equation> equations = new ArrayList<>(layer.equations());
        java.util.Collections.reverse(equations);
        for (Equation equation : equations) {
            if (hasNamedAdjoint(equation.target())) {
                gradients.add(gradient(equation.target()));
            }
        }
        for (Tensor tensor : layer.differentiable()) {
            gradients.add(gradient(tensor));
        }
        return new Derivation(layer, gradients);
    }

    /** A let has one; so has an output that other equations read, besides the error that arrives at it. */
    private boolean hasNamedAdjoint(Tensor tensor) {
        return tensor.role() == Tensor.Role.LET || tensor.role() == Tensor.Role.OUTPUT && isRead(tensor);
    }

    private boolean isRead(Tensor tensor) {
        Ref ref = Ref.value(tensor.name());
        return layer.equations().stream().anyMatch(e -> Terms.reads(e.rhs(), ref));
    }

    private Ref adjointOf(Tensor tensor) {
        return hasNamedAdjoint(tensor) ? Ref.grad(tensor.name()) : delta(tensor);
    }

    private Ref delta(Tensor output) {
        return Ref.delta(output.name(), layer.outputs().size() == 1);
    }

    private Gradient gradient(Tensor tensor) {
        List<Range> free = freeIndices(tensor);
        Set<String> taken = new LinkedHashSet<>(reserved);
        taken.addAll(Terms.names(free));
        Expr raw = chainRule(tensor, free, taken);
        Scope scope = Scope.of(layer, free, taken);

        Rewriting rewriting = new Rewriting(scope);
        Expr sifted = rewriting.exhaust(laws(RULES), raw);
        Rewriting bounding = new Rewriting(scope);
        Expr formula = bounding.exhaust(laws(FINISH), sifted);
        Rewriting padding = new Rewriting(scope);
        Expr padded = padding.exhaust(laws(FINISH_PADDED), sifted);

        Set<String> names = new LinkedHashSet<>(reserved);
        names.addAll(Terms.names(free));
        List<Step> steps = new ArrayList<>(rewriting.steps());
        List<Step> paddedSteps = new ArrayList<>(steps);
        steps.addAll(bounding.steps());
        paddedSteps.addAll(padding.steps());
        formula = renamed(formula, names, steps);
        padded = renamed(padded, names, paddedSteps);
        List<String> words = Words.of(padded, Terms.names(free));
        return new Gradient(tensor, free, raw, steps, paddedSteps, formula, padded, words);
    }

    /** Until no Kronecker delta is left that can be eliminated. */
    static final List<Rule> RULES = concat(DerivativeRules.ALL, SumRules.GATHER, SiftRules.ALL);

    /** To the form with clamped bounds. */
    static final List<Rule> FINISH = concat(BoundRules.ALL, GuardRules.UNPAD, SumRules.FACTOR, GuardRules.GUARD);

    /** To the form with zero padding. */
    static final List<Rule> FINISH_PADDED =
            concat(GuardRules.PAD, BoundRules.ALL, GuardRules.UNPAD, SumRules.FACTOR, GuardRules.GUARD);

    private List<Rule> laws(List<Rule> rules) {
        return rules.stream().map(laws).toList();
    }

    @SafeVarargs
    private static List<Rule> concat(List<Rule>... lists) {
        List<Rule> all = new ArrayList<>();
        for (List<Rule> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    private static Expr renamed(Expr e, Set<String> names, List<Step> steps) {
        Expr tidy = Alpha.tidy(e, names);
        if (!tidy.equals(e)) {
            steps.add(new Step("renaming", "sum[m1](a[m1]) = sum[m](a[m])", e, tidy, e, tidy, ""));
        }
        return tidy;
    }

    /** {@code grad T[q] = Σ_equations Σ_i delta[i] · d(rhs[i])/d(T[q])}, and the error that arrives at an output. */
    private Expr chainRule(Tensor tensor, List<Range> free, Set<String> taken) {
        List<IntExpr> at = free.stream().map(Range::index).toList();
        Ref ref = Ref.value(tensor.name());
        List<Expr> terms = new ArrayList<>();
        if (tensor.role() == Tensor.Role.OUTPUT) {
            terms.add(Exprs.read(delta(tensor), at));
        }
        for (Equation equation : layer.equations()) {
            if (!Terms.reads(equation.rhs(), ref)) {
                continue;
            }
            Alpha.Renaming renaming = Alpha.Renaming.of(equation.indices(), taken);
            Expr rhs = Alpha.apart(Substitution.of(equation.rhs(), renaming.names()), taken);
            List<IntExpr> index = renaming.ranges().stream().map(Range::index).toList();
            Expr error = Exprs.read(adjointOf(equation.target()), index);
            terms.add(Exprs.sum(renaming.ranges(), Exprs.mul(error, new Expr.Deriv(rhs, ref, at))));
        }
        return terms.isEmpty() ? Num.ZERO : Exprs.add(terms);
    }

    /** Named as the layer names them where it reads the tensor by a plain index, else p, q, r, … */
    private List<Range> freeIndices(Tensor tensor) {
        Optional<Expr.Read> read = firstRead(tensor);
        Set<String> taken = new LinkedHashSet<>(reserved);
        layer.equations().forEach(e -> {
            taken.addAll(Terms.names(e.indices()));
            taken.addAll(boundNames(e.rhs()));
        });
        Set<String> used = new LinkedHashSet<>();
        List<Range> free = new ArrayList<>();
        for (int k = 0; k < tensor.rank(); k++) {
            int axis = k;
            Optional<String> plain = defined(tensor, axis)
                    .or(() -> read.flatMap(r -> r.index().get(axis).asVariable()))
                    .filter(n -> !used.contains(n) && !reserved.contains(n));
            String name = plain.orElseGet(() -> Names.first(FREE_NAMES, taken));
            taken.add(name);
            used.add(name);
            free.add(Range.below(name, tensor.shape().get(k)));
        }
        return free;
    }

    /** The index of an equation's own target. */
    private Optional<String> defined(Tensor tensor, int axis) {
        return layer.equations().stream()
                .filter(e -> e.target().name().equals(tensor.name()))
                .map(e -> e.indices().get(axis).name())
                .findFirst();
    }

    private Optional<Expr.Read> firstRead(Tensor tensor) {
        List<Expr.Read> reads = new ArrayList<>();
        Rewriter finder = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read r && r.ref().equals(Ref.value(tensor.name()))) {
                    reads.add(r);
                }
                return super.expr(e);
            }
        };
        layer.equations().forEach(e -> finder.expr(e.rhs()));
        return reads.stream().findFirst();
    }

    private static Set<String> boundNames(Expr e) {
        Set<String> names = new LinkedHashSet<>(Variables.of(e));
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Reduce r) {
                    names.addAll(Terms.names(r.ranges()));
                }
                return super.expr(node);
            }
        }.expr(e);
        return names;
    }
}
