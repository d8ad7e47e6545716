package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * One definition as a loop nest in the order of its equation: a loop for each index, an accumulator for each
 * reduction, a branch for each condition. Serves one definition.
 */
public final class Lowering {
    private static final int LARGEST_PRODUCT = 8;

    private final Tensors tensors;
    private final Scopes scopes;
    private final LoweredIntegers integers;
    private Map<String, IntExpr> variables = new HashMap<>();
    private Known around;
    private final Map<Expr, Real> known = new IdentityHashMap<>();
    private List<String> own = new ArrayList<>();
    private List<Step> out = new ArrayList<>();

    /** @param around what is certain outside of the definition */
    public Lowering(Tensors tensors, Known around, Scopes scopes) {
        this.tensors = tensors;
        this.around = around;
        this.scopes = scopes;
        this.integers = new LoweredIntegers(this, tensors);
    }

    /** The nest of a definition in the order of its indices; {@code inside} rewrites what computes one entry. */
    public Step lower(Definition definition, UnaryOperator<Step> inside) {
        return capture(() -> nest(definition.indices(), () -> emit(inside.apply(capture(() -> store(definition))))));
    }

    private void store(Definition definition) {
        Buffer target = tensors.of(definition.target());
        List<IntExpr> place = new ArrayList<>();
        definition.indices().forEach(r -> place.add(integer(r.index())));
        IntExpr at = target.offset(place);
        if (definition.rhs() instanceof Expr.IntValue v && target.integer()) {
            IntExpr value = integer(v.value());
            out.add(new Step.StoreInt(target, at, value));
        } else {
            Real value = real(definition.rhs());
            out.add(new Step.Store(target, at, value));
        }
    }

    /** What indices stand for, over the names of locals. */
    public Map<String, IntExpr> variables() {
        return variables;
    }

    /** An integer over the names of locals. */
    public IntExpr integer(IntExpr e) {
        return integers.integer(e);
    }

    /** The name of a new local, free until the scope around ends. */
    public String fresh(String name) {
        String free = scopes.enter(name);
        own.add(free);
        return free;
    }

    /** Adds a statement, or those of a block. */
    public void emit(Step step) {
        out.addAll(step instanceof Step.Block b ? b.steps() : List.of(step));
    }

    /** What a body emits, on its own. */
    public Step capture(Runnable body) {
        List<Step> saved = out;
        out = new ArrayList<>();
        body.run();
        Step captured = Step.block(out);
        out = saved;
        return captured;
    }

    /** A loop in steps around a body. */
    public void loop(String index, IntExpr lo, IntExpr hi, long by, Runnable body) {
        IntExpr from = integer(lo);
        IntExpr to = integer(hi);
        String name = scopes.enter(index);
        Step inside = capture(() -> where(index, IntExpr.var(name), body));
        scopes.leave(name);
        out.add(new Step.Loop(name, from, to, IntExpr.of(by), inside));
    }

    /** A body whose locals are its own. */
    public void scope(Runnable body) {
        List<String> saved = own;
        own = new ArrayList<>();
        body.run();
        own.forEach(scopes::leave);
        own = saved;
    }

    /** A body in which an index has a value, over the names of locals. */
    public void where(String index, IntExpr value, Runnable body) {
        where(Map.of(index, value), body);
    }

    /** The same for several indices. */
    public void where(Map<String, IntExpr> values, Runnable body) {
        Map<String, IntExpr> saved = variables;
        variables = new HashMap<>(variables);
        variables.putAll(values);
        body.run();
        variables = saved;
    }

    /** A body in which indices are moved on. */
    public void shifted(Map<String, Integer> by, Runnable body) {
        Map<String, IntExpr> saved = variables;
        variables = new HashMap<>(variables);
        by.forEach((index, k) -> variables.merge(index, IntExpr.of(k), IntExpr::plus));
        body.run();
        variables = saved;
    }

    /** From here on the expression is computed already. */
    public void known(Expr e, Real value) {
        known.put(e, value);
    }

    /** Loops over the ranges, the later inside the earlier, around a body. */
    public void nest(List<Range> ranges, Runnable body) {
        if (ranges.isEmpty()) {
            body.run();
            return;
        }
        Range range = ranges.get(0);
        Known outside = around;
        around = outside.within(List.of(range));
        loop(range, () -> nest(ranges.subList(1, ranges.size()), body));
        around = outside;
    }

    private void loop(Range range, Runnable body) {
        IntExpr lo = integer(range.lo());
        IntExpr hi = integer(range.hi());
        if (hi.minus(lo).equals(IntExpr.ONE)) {
            where(range.name(), lo, body);
            return;
        }
        String name = scopes.enter(range.name());
        Step inside = capture(() -> where(range.name(), IntExpr.var(name), body));
        scopes.leave(name);
        out.add(Step.loop(name, lo, hi, inside));
    }

    /** The value; statements that it needs are emitted before it. */
    public Real real(Expr e) {
        Real already = known.get(e);
        if (already != null) {
            return already;
        }
        if (e instanceof Expr.Num n) {
            return new Real.Literal(n.value());
        }
        if (e instanceof Expr.Pi) {
            return Real.Special.PI;
        }
        if (e instanceof Expr.Inf) {
            return Real.Special.INFINITY;
        }
        if (e instanceof Expr.IntValue v) {
            return new Real.OfInt(integer(v.value()));
        }
        if (e instanceof Expr.Read r) {
            return read(r);
        }
        if (e instanceof Expr.Add a) {
            return sum(a.terms());
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            return power(p);
        }
        if (e instanceof Expr.Apply a) {
            if (!(a.fun() instanceof dev.adjoint.expr.Fun.Known known)) {
                throw new IllegalStateException("the function " + a.fun() + " is not bound");
            }
            return new Real.Call(known, real(a.arg()));
        }
        if (e instanceof Expr.Extremum x) {
            return new Real.Binary(x.max() ? Real.Op.MAX : Real.Op.MIN, real(x.left()), real(x.right()));
        }
        if (e instanceof Expr.Reduce r) {
            return reduce(r);
        }
        if (e instanceof Expr.Iverson i) {
            return guarded(i.cond(), () -> Real.ONE, () -> Real.ZERO);
        }
        if (e instanceof Expr.Select s) {
            return guarded(s.cond(), () -> real(s.then()), () -> real(s.otherwise()));
        }
        if (e instanceof Expr.Stop s) {
            return real(s.arg());
        }
        throw new IllegalStateException("a derivative is left: " + e);
    }

    private Real read(Expr.Read r) {
        Buffer buffer = tensors.of(r.ref());
        List<IntExpr> index = new ArrayList<>();
        List<Test> tests = new ArrayList<>();
        for (int axis = 0; axis < r.index().size(); axis++) {
            IntExpr place = r.index().get(axis);
            IntExpr e = integer(place);
            IntExpr extent = buffer.shape().get(axis);
            index.add(e);
            if (r.pad() != null && !around.isAtLeast(place, 0)) {
                tests.add(new Test.Ints(dev.adjoint.expr.Rel.GE, e, IntExpr.ZERO));
            }
            if (r.pad() != null && !around.isAtLeast(extent.minus(place), 1)) {
                tests.add(new Test.Ints(dev.adjoint.expr.Rel.LT, e, extent));
            }
        }
        IntExpr at = buffer.offset(index);
        Real load = buffer.integer() ? new Real.OfInt(IntExpr.of(new Cell(buffer, at))) : new Real.Load(buffer, at);
        return tests.isEmpty() || r.pad() == null ? load : new Real.Choose(Test.all(tests), load, real(r.pad()));
    }

    private Real sum(List<Expr> terms) {
        Real sum = null;
        for (Expr term : terms) {
            Real value = real(term);
            if (sum == null) {
                sum = value;
            } else if (value instanceof Real.Negate negated) {
                sum = new Real.Binary(Real.Op.SUB, sum, negated.arg());
            } else if (value instanceof Real.Literal n && n.value().signum() < 0) {
                sum = new Real.Binary(
                        Real.Op.SUB, sum, new Real.Literal(n.value().negate()));
            } else {
                sum = new Real.Binary(Real.Op.ADD, sum, value);
            }
        }
        return sum == null ? Real.ZERO : sum;
    }

    /** Conditions first, as a branch around the rest. */
    private Real product(List<Expr> factors) {
        List<Cond> conditions = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr factor : factors) {
            if (factor instanceof Expr.Iverson i) {
                conditions.add(i.cond());
            } else {
                rest.add(factor);
            }
        }
        if (!conditions.isEmpty()) {
            return guarded(Cond.and(conditions), () -> product(rest), () -> Real.ZERO);
        }
        Real above = null;
        Real below = null;
        boolean negative = false;
        for (Expr factor : rest) {
            if (factor instanceof Expr.Num n && n.value().equals(BigFraction.of(-1))) {
                negative = !negative;
            } else if (factor instanceof Expr.Pow p
                    && p.exponent() instanceof Expr.Num n
                    && n.value().signum() < 0) {
                Real divisor = real(Exprs.pow(p.base(), new Expr.Num(n.value().negate(), null)));
                below = below == null ? divisor : new Real.Binary(Real.Op.MUL, below, divisor);
            } else {
                Real value = real(factor);
                above = above == null ? value : new Real.Binary(Real.Op.MUL, above, value);
            }
        }
        Real value = above == null ? Real.ONE : above;
        value = below == null ? value : new Real.Binary(Real.Op.DIV, value, below);
        if (!negative) {
            return value;
        }
        return value instanceof Real.Literal n ? new Real.Literal(n.value().negate()) : new Real.Negate(value);
    }

    private Real power(Expr.Pow p) {
        if (p.exponent() instanceof Expr.Num n) {
            BigFraction exponent = n.value();
            if (exponent.signum() < 0) {
                Real below = real(Exprs.pow(p.base(), new Expr.Num(exponent.negate(), null)));
                return new Real.Binary(Real.Op.DIV, Real.ONE, below);
            }
            if (exponent.equals(BigFraction.of(1, 2))) {
                return new Real.Call(dev.adjoint.expr.Fun.Known.SQRT, real(p.base()));
            }
            boolean whole = exponent.getDenominator().equals(BigInteger.ONE);
            if (whole && exponent.getNumerator().bitLength() < 8 && exponent.intValue() <= LARGEST_PRODUCT) {
                Real base = named(real(p.base()), "base");
                Real power = base;
                for (int k = 1; k < exponent.intValue(); k++) {
                    power = new Real.Binary(Real.Op.MUL, power, base);
                }
                return power;
            }
        }
        return new Real.Power(real(p.base()), real(p.exponent()));
    }

    /** The value as something that may be written twice. */
    private Real named(Real value, String name) {
        if (value instanceof Real.Local || value instanceof Real.Literal || value instanceof Real.Load) {
            return value;
        }
        String local = fresh(name);
        out.add(new Step.Declare(local, value, false));
        return new Real.Local(local);
    }

    /** A value chosen by a condition; a side that needs statements makes it a branch. */
    private Real guarded(Cond cond, Supplier<Real> then, Supplier<Real> otherwise) {
        Test test = integers.test(cond);
        List<Real> values = new ArrayList<>();
        Step first = capture(() -> values.add(then.get()));
        Step second = capture(() -> values.add(otherwise.get()));
        if (Steps.isEmpty(first) && Steps.isEmpty(second)) {
            return new Real.Choose(test, values.get(0), values.get(1));
        }
        String local = fresh("value");
        out.add(new Step.Declare(local, Real.ZERO, true));
        boolean zero = values.get(1).equals(Real.ZERO) && Steps.isEmpty(second);
        out.add(new Step.If(
                test,
                Step.then(first, new Step.Assign(local, values.get(0))),
                zero ? null : Step.then(second, new Step.Assign(local, values.get(1)))));
        return new Real.Local(local);
    }

    private Real reduce(Expr.Reduce r) {
        Fold fold = Fold.of(r.kind());
        Real.Op op = fold.op();
        String local = fresh(fold.word());
        out.add(new Step.Declare(local, fold.start(), true));
        Consumer<Real> combine = value -> out.add(new Step.Assign(
                local,
                op == Real.Op.ADD && value instanceof Real.Negate n
                        ? new Real.Binary(Real.Op.SUB, new Real.Local(local), n.arg())
                        : new Real.Binary(op, new Real.Local(local), value)));
        nest(r.ranges(), () -> term(op, r.body(), combine));
        return new Real.Local(local);
    }

    /** One term of a reduction: a sum takes the conditions of a product as a branch around the addition. */
    private void term(Real.Op op, Expr body, Consumer<Real> combine) {
        List<Cond> conditions = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        if (op == Real.Op.ADD) {
            for (Expr factor : body instanceof Expr.Mul m ? m.factors() : List.of(body)) {
                if (factor instanceof Expr.Iverson i) {
                    conditions.add(i.cond());
                } else {
                    rest.add(factor);
                }
            }
        }
        if (conditions.isEmpty()) {
            combine.accept(real(body));
            return;
        }
        Test test = integers.test(Cond.and(conditions));
        Step inside = capture(() -> combine.accept(real(Exprs.mul(rest))));
        out.add(new Step.If(test, inside, null));
    }
}
