package dev.adjoint.prove;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the names in a claim stand for: outputs and lets their equations, {@code grad T} the derived formula. */
final class Meaning {
    private final Layer layer;
    private final Derivation derivation;
    private final Domain sizes;
    private final Map<Ref, Definition> definitions = new HashMap<>();

    private record Definition(List<Range> indices, Expr formula) {
        Expr at(List<IntExpr> index) {
            Map<String, IntExpr> values = new HashMap<>();
            for (int k = 0; k < index.size(); k++) {
                values.put(indices.get(k).name(), index.get(k));
            }
            return Substitution.of(formula, values);
        }
    }

    Meaning(Layer layer, Derivation derivation) {
        this.layer = layer;
        this.derivation = derivation;
        this.sizes = layer.sizeDomain();
        for (Equation equation : layer.equations()) {
            definitions.put(Ref.value(equation.target().name()), new Definition(equation.indices(), equation.rhs()));
        }
        for (Gradient gradient : derivation.gradients()) {
            definitions.put(gradient.ref(), new Definition(gradient.indices(), gradient.formula()));
        }
    }

    Layer layer() {
        return layer;
    }

    Derivation derivation() {
        return derivation;
    }

    /** What the layer takes for granted of its sizes: one domain, so that what was proved of it is remembered. */
    Domain sizes() {
        return sizes;
    }

    /** The extents of what a reference denotes. */
    List<IntExpr> shape(Ref ref) {
        return layer.tensor(ref.name()).map(Tensor::shape).orElseThrow();
    }

    /** What an entry stands for; empty if it is given. */
    Optional<Expr> definition(Ref ref, List<IntExpr> index) {
        return Optional.ofNullable(definitions.get(ref)).map(d -> d.at(index));
    }

    /** Whether a reference stands for something that a layer computes on its way. */
    boolean isIntermediate(Ref ref) {
        return definitions.containsKey(ref)
                && layer.tensor(ref.name())
                        .map(t -> !t.hasGradient() || ref.kind() == Ref.Kind.VALUE)
                        .orElse(false);
    }

    /**
     * The expression without derivatives and without gradients of what the layer is given; those of intermediates stay
     * as they are, but for an expression that is one of them.
     */
    Expr derived(Expr e, List<Range> free) {
        Optional<Expr> itself = e instanceof Expr.Read r && r.ref().kind() == Ref.Kind.GRAD
                ? definition(r.ref(), r.index())
                : Optional.empty();
        Expr opened = new Compared(free).expr(new Opening().expr(new InnerFirst(free).expr(itself.orElse(e))));
        return opened == e && !holdsDerivative(e, t -> true) ? e : Derive.partials(layer, free, opened);
    }

    /** The same of a condition. */
    Cond derived(Cond c, List<Range> free) {
        return new Compared(free).cond(new Opening().cond(new InnerFirst(free).cond(c)));
    }

    /** The same of an integer, which may be a position in a window. */
    IntExpr derived(IntExpr e, List<Range> free) {
        return new Compared(free).integer(new Opening().integer(new InnerFirst(free).integer(e)));
    }

    /**
     * The expression by definition alone, without any rule of derivation: {@code grad T[q]} is
     * {@code d(Σ_outputs Σ_i delta[i]·x[i]) / d(T[q])} with the layer's equations put in, to be evaluated in dual
     * numbers. What {@link InnerFirst} says is derived by rules even so.
     */
    Expr byDefinition(Expr e, List<Range> free) {
        return new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Read r && r.ref().kind() == Ref.Kind.GRAD) {
                    Ref tensor = Ref.value(r.ref().name());
                    Expr partial = new Expr.Deriv(writtenOut(error(), tensor), tensor, r.index());
                    return r.pad() == null ? partial : padded(r, partial);
                }
                if (node instanceof Expr.Deriv d) {
                    return new Expr.Deriv(writtenOut(expr(d.arg()), d.ref()), d.ref(), d.index());
                }
                return super.expr(node);
            }
        }.expr(new InnerFirst(free).expr(e));
    }

    /** {@code Σ_outputs Σ_i delta[i]·x[i]}. */
    private Expr error() {
        List<Expr> terms = new ArrayList<>();
        boolean sole = layer.outputs().size() == 1;
        for (Tensor output : layer.outputs()) {
            List<Range> ranges = new ArrayList<>();
            List<IntExpr> index = new ArrayList<>();
            for (IntExpr extent : output.shape()) {
                Range range = Range.below("~" + output.name() + ranges.size(), extent);
                ranges.add(range);
                index.add(range.index());
            }
            Expr value = Exprs.read(Ref.value(output.name()), index);
            Expr error = Exprs.read(Ref.delta(output.name(), sole), index);
            terms.add(Exprs.sum(ranges, Exprs.mul(error, value)));
        }
        return Exprs.add(terms);
    }

    static boolean holdsDerivative(Expr e, Predicate<Ref> by) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                found[0] |= node instanceof Expr.Deriv d && by.test(d.ref());
                return super.expr(node);
            }
        }.expr(e);
        return found[0];
    }

    /** Gradients become their formulas, which may speak of gradients of intermediates; what is differentiated is written out down to what it depends on. */
    private final class Opening extends Rewriter {
        @Override
        public Expr expr(Expr e) {
            if (e instanceof Expr.Read r
                    && r.ref().kind() == Ref.Kind.GRAD
                    && r.pad() == null
                    && !isIntermediate(r.ref())) {
                return definition(r.ref(), r.index()).orElse(e);
            }
            if (e instanceof Expr.Deriv d) {
                Expr arg = writtenOut(super.expr(d.arg()), d.ref());
                return new Expr.Deriv(arg, d.ref(), d.index());
            }
            return super.expr(e);
        }
    }

    /** Knows the indices in reach. */
    private abstract static class Scoped extends Rewriter {
        final List<Range> ranges;

        Scoped(List<Range> free) {
            ranges = new ArrayList<>(free);
        }

        @Override
        public Expr expr(Expr e) {
            if (e instanceof Expr.Reduce r) {
                ranges.addAll(r.ranges());
                Expr reduced = super.expr(e);
                ranges.subList(ranges.size() - r.ranges().size(), ranges.size()).clear();
                return reduced;
            }
            return super.expr(e);
        }

        @Override
        public IntExpr atom(Atom atom) {
            if (atom instanceof Position.Arg arg) {
                ranges.addAll(arg.ranges());
                IntExpr position = position(arg);
                ranges.subList(ranges.size() - arg.ranges().size(), ranges.size())
                        .clear();
                return position;
            }
            return super.atom(atom);
        }

        IntExpr position(Position.Arg arg) {
            return super.atom(arg);
        }
    }

    /**
     * Derives what is compared, with something else or within a window: conditions and positions have no derivative, but
     * may speak of one.
     */
    private final class Compared extends Scoped {
        Compared(List<Range> free) {
            super(free);
        }

        @Override
        public Cond cond(Cond c) {
            Cond inner = super.cond(c);
            return inner instanceof Cond.Values v ? Cond.values(v.rel(), plain(v.left()), plain(v.right())) : inner;
        }

        @Override
        IntExpr position(Position.Arg arg) {
            Expr body = plain(expr(arg.body()));
            return body.equals(arg.body())
                    ? IntExpr.of(arg)
                    : IntExpr.of(new Position.Arg(arg.max(), arg.ranges(), body));
        }

        private Expr plain(Expr e) {
            return holdsDerivative(e, t -> true) ? Derive.partials(layer, ranges, e) : e;
        }
    }

    /**
     * Derives {@code d(y)/d(s)} before {@code d(d(y)/d(s)) / d(b)} where s depends on b: only then may s be written out in
     * terms of b.
     */
    private final class InnerFirst extends Scoped {
        InnerFirst(List<Range> free) {
            super(free);
        }

        @Override
        public Expr expr(Expr e) {
            Expr rewritten = super.expr(e);
            if (rewritten instanceof Expr.Deriv d && holdsDerivative(d.arg(), t -> dependsOn(t, d.ref()))) {
                Expr arg = Derive.partials(layer, ranges, new Opening().expr(d.arg()));
                return new Expr.Deriv(arg, d.ref(), d.index());
            }
            return rewritten;
        }
    }

    /** With the definition of everything that depends on the tensor put in. */
    private Expr writtenOut(Expr e, Ref tensor) {
        return new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Read r && !r.ref().equals(tensor) && dependsOn(r.ref(), tensor)) {
                    Optional<Expr> definition = definition(r.ref(), r.index());
                    if (definition.isPresent()) {
                        Expr value = expr(definition.get());
                        return r.pad() == null ? value : padded(r, value);
                    }
                }
                return super.expr(node);
            }
        }.expr(e);
    }

    private Expr padded(Expr.Read r, Expr value) {
        List<IntExpr> shape = shape(r.ref());
        List<Cond> inside = new ArrayList<>();
        for (int k = 0; k < shape.size(); k++) {
            inside.add(Cond.within(IntExpr.ZERO, r.index().get(k), shape.get(k)));
        }
        return Exprs.select(Cond.and(inside), value, r.padding().orElseThrow());
    }

    private boolean dependsOn(Ref ref, Ref tensor) {
        Definition definition = definitions.get(ref);
        return definition != null
                && Variables.refs(definition.formula()).stream()
                        .anyMatch(inner -> inner.equals(tensor) || dependsOn(inner, tensor));
    }
}
