package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Scopes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes once what would be computed again and again: a reduction, a winner or a costly function under more loops than
 * it depends on, or written twice, becomes a tensor of its own. The denominator of a softmax is summed once a row, the
 * winner of a window is searched once a window, even if its index is known only as a quotient of others.
 */
public final class Hoist extends Rewriter {
    private static final Set<Fun> CHEAP = Set.of(Fun.Known.ABS, Fun.Known.FLOOR, Fun.Known.RELU);

    /** What was hoisted so far, in a whole class: the same thing is computed once. */
    public static final class Shared {
        private final Map<String, Ref> known = new HashMap<>();
        private final Tensors tensors;
        private final Known sizes;
        private final Scopes names;
        private final boolean values;

        /** @param values whether winners that are only compared are values, which are chosen without a branch */
        public Shared(Tensors tensors, Known sizes, Scopes names, boolean values) {
            this.values = values;
            this.tensors = tensors;
            this.sizes = sizes;
            this.names = names;
        }
    }

    /** Positions below are exact in single precision. */
    private static final long MOST_PLACES = 1 << 24;

    private final Shared shared;
    private final List<Definition> found = new ArrayList<>();
    private final List<Range> scope = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private int guards;

    private Hoist(Shared shared) {
        this.shared = shared;
    }

    /** The definition over what was hoisted out of it, which comes first. */
    public static List<Definition> apply(Definition definition, Shared shared) {
        Hoist hoist = new Hoist(shared);
        hoist.count(definition.rhs());
        hoist.scope.addAll(definition.indices());
        Expr rhs = definition.rhs() instanceof Expr.Reduce r
                ? hoist.inside(r)
                : definition.rhs() instanceof Expr.IntValue v
                                && shared.tensors.of(definition.target()).integer()
                        ? hoist.insideOf(v)
                        : hoist.expr(definition.rhs());
        List<Definition> all = new ArrayList<>(hoist.found);
        all.add(definition.with(rhs));
        return all;
    }

    private void count(Expr e) {
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                if (inner instanceof Expr.Reduce) {
                    uses.merge(Printer.print(inner), 1, Integer::sum);
                }
                return super.expr(inner);
            }

            @Override
            public IntExpr atom(Atom atom) {
                if (atom instanceof Position.Arg) {
                    uses.merge(atom.toString(), 1, Integer::sum);
                }
                return super.atom(atom);
            }
        }.expr(e);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            return hoisted(e, Printer.print(e), kind(r)).orElseGet(() -> inside(r));
        }
        if (e instanceof Expr.Apply a && !CHEAP.contains(a.fun())
                || e instanceof Expr.Pow p && !(p.exponent() instanceof Expr.Num)) {
            String name = e instanceof Expr.Apply a ? a.fun().toString() : "power";
            return hoisted(e, "", name).orElseGet(() -> super.expr(e));
        }
        boolean guard = e instanceof Expr.Select
                || e instanceof Expr.Mul m && m.factors().stream().anyMatch(f -> f instanceof Expr.Iverson);
        guards += guard ? 1 : 0;
        Expr rewritten = super.expr(e);
        guards -= guard ? 1 : 0;
        return rewritten;
    }

    private static String kind(Expr.Reduce r) {
        return switch (r.kind()) {
            case SUM -> "sum";
            case PROD -> "product";
            case MAX -> "largest";
            case MIN -> "smallest";
        };
    }

    private Expr inside(Expr.Reduce r) {
        int depth = scope.size();
        scope.addAll(r.ranges());
        Expr body = expr(r.body());
        scope.subList(depth, scope.size()).clear();
        return body == r.body() ? r : new Expr.Reduce(r.kind(), r.ranges(), body);
    }

    /** A definition that is a winner itself is not hoisted again, what its window holds may be. */
    private Expr insideOf(Expr.IntValue v) {
        return new Expr.IntValue(v.value()
                .mapAtoms(atom -> atom instanceof Position.Arg arg ? IntExpr.of(inside(arg)) : super.atom(atom)));
    }

    private Position.Arg inside(Position.Arg arg) {
        int depth = scope.size();
        scope.addAll(arg.ranges());
        Expr body = expr(arg.body());
        scope.subList(depth, scope.size()).clear();
        return new Position.Arg(arg.max(), arg.ranges(), body);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (!(atom instanceof Position.Arg arg)) {
            return super.atom(atom);
        }
        Optional<Expr> read = hoisted(new Expr.IntValue(IntExpr.of(atom)), atom.toString(), "winner");
        if (read.isPresent() && read.get() instanceof Expr.IntValue value) {
            return value.value();
        }
        return IntExpr.of(inside(arg));
    }

    /** {@code winner = e} as a comparison of values, which are exact for the positions of a small fixed window. */
    private Optional<Cond> compared(Cond.Ints c) {
        IntExpr difference = c.left().minus(c.right());
        for (Atom atom : difference.atoms()) {
            IntExpr winner = IntExpr.of(atom);
            IntExpr other = holdsWinner(difference.minus(winner)) ? difference.plus(winner) : winner.minus(difference);
            if (atom instanceof Position.Arg arg && isSmall(arg) && !holdsWinner(other) && c.rel() == Rel.EQ) {
                Optional<Expr> read = hoisted(new Expr.IntValue(winner), atom.toString(), "winner", false);
                return read.map(r -> new Cond.Values(c.rel(), r, new Expr.IntValue(integer(other))));
            }
        }
        return Optional.empty();
    }

    private static boolean holdsWinner(IntExpr e) {
        return e.atoms().stream().anyMatch(a -> a instanceof Position.Arg);
    }

    private static boolean isSmall(Position.Arg arg) {
        long places = 1;
        for (Range range : arg.ranges()) {
            if (!range.extent().isConstant() || range.extent().constant() > MOST_PLACES) {
                return false;
            }
            places *= range.extent().constant();
        }
        return places <= MOST_PLACES;
    }

    /** The expression as a read of a tensor of its own; empty if that gains nothing or cannot be done. */
    private Optional<Expr> hoisted(Expr e, String key, String name) {
        return hoisted(e, key, name, e instanceof Expr.IntValue);
    }

    private Optional<Expr> hoisted(Expr e, String key, String name, boolean integer) {
        Set<String> variables = Variables.of(e);
        boolean constant = variables.isEmpty() && Variables.refs(e).isEmpty();
        List<Range> free = new ArrayList<>();
        boolean whole = guards == 0;
        for (Range range : scope) {
            if (variables.contains(range.name())) {
                Optional<Range> hull = Hull.of(range, scope);
                if (hull.isEmpty()) {
                    return Optional.empty();
                }
                whole &= shared.sizes.simplify(hull.get()).equals(range);
                free.add(shared.sizes.simplify(hull.get()));
            } else {
                whole &= isNeverEmpty(range);
            }
        }
        boolean twice = uses.getOrDefault(key, 0) > 1;
        Map<String, IntExpr> quotients = e instanceof Expr.IntValue
                ? Quotients.of(
                        e,
                        free.stream()
                                .filter(r -> r.lo().isZero())
                                .map(Range::name)
                                .toList())
                : Map.of();
        if (constant || free.size() == scope.size() && !twice && quotients.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(read(e, free, quotients, whole, name, integer));
    }

    /** Out of a loop that may not run at all an expression is computed where its equation does not look at it. */
    private boolean isNeverEmpty(Range range) {
        return shared.sizes.within(scope.subList(0, scope.indexOf(range))).isAtLeast(range.extent(), 1);
    }

    /** @param quotients what indices are divided by wherever they stand */
    private Expr read(
            Expr given,
            List<Range> scope,
            Map<String, IntExpr> quotients,
            boolean whole,
            String name,
            boolean integer) {
        Expr e = quotients.isEmpty() ? given : Quotients.over(given, quotients);
        List<Range> free = scope.stream()
                .map(r -> quotients.containsKey(r.name())
                        ? Range.below(
                                r.name(),
                                r.hi().minus(1)
                                        .floorDiv(quotients.get(r.name()))
                                        .plus(1))
                        : r)
                .toList();
        Map<String, IntExpr> canonical = new LinkedHashMap<>();
        Map<String, IntExpr> shifted = new LinkedHashMap<>();
        List<Range> indices = new ArrayList<>();
        List<IntExpr> place = new ArrayList<>();
        List<IntExpr> shape = new ArrayList<>();
        for (Range range : free) {
            canonical.put(range.name(), IntExpr.var("$" + canonical.size()));
            shifted.put(range.name(), range.index().plus(range.lo()));
            indices.add(Range.below(range.name(), range.extent()));
            IntExpr by = quotients.getOrDefault(range.name(), IntExpr.ONE);
            place.add(range.index().minus(range.lo()).floorDiv(by));
            boolean entries = shared.sizes.isAtLeast(range.extent(), 1);
            shape.add(entries ? range.extent() : range.extent().max(IntExpr.ONE));
        }
        String key = Printer.print(Substitution.of(e, canonical)) + " over "
                + free.stream().map(r -> r.lo() + ".." + r.hi()).toList() + whole + integer;
        Ref known = shared.known.get(key);
        if (known == null) {
            known = Ref.value(shared.names.enter(name));
            shared.known.put(key, known);
            shared.tensors.put(known, new Buffer(known.name(), Buffer.Role.SCRATCH, integer, shape));
            Expr moved = Substitution.of(e, shifted);
            found.add(new Definition(
                    known,
                    indices,
                    whole ? moved : new SafeReads(shared.tensors, shared.sizes.within(indices)).expr(moved)));
        }
        return integer
                ? new Expr.IntValue(IntExpr.of(new Position.Entry(known.name(), place)))
                : Exprs.read(known, place);
    }

    /** Conditions guard what they stand before; a winner that is compared may be a value. */
    @Override
    public Cond cond(Cond c) {
        if (shared.values && c instanceof Cond.Ints i) {
            Optional<Cond> compared = compared(i);
            if (compared.isPresent()) {
                return compared.get();
            }
        }
        boolean guard = c instanceof Cond.And || c instanceof Cond.Or;
        guards += guard ? 1 : 0;
        Cond rewritten = super.cond(c);
        guards -= guard ? 1 : 0;
        return rewritten;
    }
}
