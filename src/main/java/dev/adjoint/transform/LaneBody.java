package dev.adjoint.transform;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A loop's body for as many neighbouring values of its index as a vector has lanes: what depends on the index becomes
 * lanes, and so do the locals that hold such values. A condition of lanes is a mask, and a branch on it gives its locals
 * what they had or what they get, {@code if (c) a = e  →  a = c ? e : a}, lane by lane. So what stands under such a
 * condition is read where the condition fails, too: that is allowed only of entries that exist.
 */
final class LaneBody {
    private final String index;
    private final long stride;
    private final Set<Fun.Known> functions;
    private final UnaryOperator<String> fresh;
    private Known known;
    private SafePlaces safe = SafePlaces.NONE;
    private final Set<String> lanes = new HashSet<>();
    private final Set<String> counted = new HashSet<>();
    private List<Step> out = new ArrayList<>();
    private List<Test> masks = List.of();

    /**
     * @param index of the loop: in the result it stands for the value that the first lane has
     * @param stride how far results lie apart
     * @param functions those that vectors compute
     * @param fresh makes the name of a new local of a word
     * @param known what is certain around the body
     */
    LaneBody(String index, long stride, Set<Fun.Known> functions, UnaryOperator<String> fresh, Known known) {
        this.known = known;
        this.index = index;
        this.stride = stride;
        this.functions = functions;
        this.fresh = fresh;
    }

    /** Locals from outside of the loop of which each lane has its own. */
    LaneBody own(Set<String> names) {
        lanes.addAll(names);
        return this;
    }

    /** @throws NoLanes if it cannot be done */
    Step of(Step body) {
        int before;
        Step result;
        do {
            before = lanes.size() + counted.size();
            result = captured(body);
        } while (before < lanes.size() + counted.size());
        return result;
    }

    private Step captured(Step s) {
        List<Step> saved = out;
        SafePlaces around = safe;
        out = new ArrayList<>();
        safe = masks.isEmpty() ? safe.with(s) : safe;
        Steps.list(s).forEach(this::step);
        Step block = Step.block(out);
        out = saved;
        safe = around;
        return block;
    }

    private void step(Step s) {
        if (s instanceof Step.Block b) {
            out.add(new Step.Block(Steps.list(captured(b))));
        } else if (s instanceof Step.Loop l) {
            uniform(l.lo());
            uniform(l.hi());
            Known outside = known;
            known = known.within(List.of(new Range(l.var(), l.lo(), l.hi())));
            out.add(new Step.Loop(l.var(), l.lo(), l.hi(), l.by(), captured(l.body())));
            known = outside;
        } else if (s instanceof Step.If i && i.test() instanceof Test.AnyLane any && masks.isEmpty()) {
            Test each = new Test.AnyLane(test(any.part()));
            out.add(new Step.If(each, captured(i.then()), i.otherwise() == null ? null : captured(i.otherwise())));
        } else if (s instanceof Step.If i) {
            branch(i.test(), i.then(), i.otherwise() == null ? new Step.Block(List.of()) : i.otherwise());
        } else if (s instanceof Step.Declare d) {
            declare(d.name(), real(d.value()), d.mutable());
        } else if (s instanceof Step.DeclareInt d) {
            uniform(d.value());
            if (counted.contains(d.name())) {
                declare(d.name(), new Real.OfInt(d.value()), d.mutable());
            } else {
                out.add(d);
            }
        } else if (s instanceof Step.Assign a) {
            assign(a.name(), real(a.value()));
        } else if (s instanceof Step.AssignInt a) {
            uniform(a.value());
            if (!masks.isEmpty() || counted.contains(a.name())) {
                LaneForms.requireSmall(a.value(), known);
                counted.add(a.name());
                assign(a.name(), new Real.OfInt(a.value()));
            } else {
                out.add(a);
            }
        } else if (s instanceof Step.Store a && masks.isEmpty()) {
            LaneForms.requireStride(new Place(a.buffer(), place(a.at())), index, stride);
            out.add(new Step.Store(a.buffer(), a.at(), LaneForms.spread(real(a.value()))));
        } else if (s instanceof Step.Accumulate a && masks.isEmpty()) {
            LaneForms.requireStride(new Place(a.buffer(), place(a.at())), index, stride);
            Real sum =
                    new Real.Binary(Real.Op.ADD, new Real.Lanes(a.buffer(), a.at()), LaneForms.spread(real(a.value())));
            out.add(new Step.Store(a.buffer(), a.at(), sum));
        } else if (s instanceof Step.Remark) {
            out.add(s);
        } else {
            throw new NoLanes(s.toString());
        }
    }

    private void declare(String name, Real value, boolean mutable) {
        if (value.isLanes()) {
            lanes.add(name);
        }
        out.add(new Step.Declare(
                name, lanes.contains(name) || counted.contains(name) ? LaneForms.spread(value) : value, mutable));
    }

    private void assign(String name, Real value) {
        if (value.isLanes() || !masks.isEmpty()) {
            lanes.add(name);
        }
        if (!lanes.contains(name)) {
            out.add(new Step.Assign(name, value));
            return;
        }
        Real before = new Real.Local(name, true);
        Real after = LaneForms.fused(LaneForms.spread(value));
        out.add(new Step.Assign(name, masks.isEmpty() ? after : new Real.Choose(Test.all(masks), after, before)));
    }

    /** Conditions that are the same in all lanes stay branches; the others become masks. */
    private void branch(Test test, Step then, Step otherwise) {
        List<Test> same = parts(test, false);
        List<Test> each = parts(test, true);
        boolean noElse = Steps.isEmpty(otherwise);
        if (each.isEmpty()) {
            out.add(new Step.If(test, captured(then), noElse ? null : captured(otherwise)));
        } else if (!same.isEmpty()) {
            branch(Test.all(same), new Step.If(Test.all(each), then, noElse ? null : otherwise), otherwise);
        } else {
            String mask = fresh.apply("where");
            out.add(new Step.DeclareMask(mask, test(test)));
            under(new Test.Mask(mask), then);
            if (!noElse) {
                under(new Test.Not(new Test.Mask(mask)), otherwise);
            }
        }
    }

    private void under(Test mask, Step body) {
        List<Test> saved = masks;
        masks = new ArrayList<>(saved);
        masks.add(mask);
        Step inside = captured(body);
        masks = saved;
        boolean scope = Steps.list(inside).stream()
                .anyMatch(s ->
                        s instanceof Step.Declare || s instanceof Step.DeclareInt || s instanceof Step.DeclareMask);
        out.addAll(scope ? List.of(new Step.Block(Steps.list(inside))) : Steps.list(inside));
    }

    /** The parts of a conjunction that differ between lanes, or the others. */
    private List<Test> parts(Test test, boolean each) {
        List<Test> parts = new ArrayList<>();
        List<Test> saved = masks;
        List<Step> statements = out;
        masks = new ArrayList<>(saved);
        out = new ArrayList<>();
        for (Test part : test instanceof Test.All all ? all.parts() : List.of(test)) {
            Test converted = test(part);
            if (converted.isLanes()) {
                masks.add(converted);
            }
            if (converted.isLanes() == each) {
                parts.add(part);
            }
        }
        masks = saved;
        out = statements;
        return parts;
    }

    private Test test(Test t) {
        if (t instanceof Test.Ints i) {
            IntExpr difference = i.left().minus(i.right());
            exists(difference);
            Optional<String> winner =
                    difference.variables().stream().filter(counted::contains).findFirst();
            if (winner.isPresent()) {
                uniform(LaneForms.beside(difference, winner.get()));
                return LaneForms.compared(i.rel(), difference, winner.get());
            }
            if (!difference.variables().contains(index)) {
                return t;
            }
            OptionalLong coefficient = difference.coefficient(index);
            if (coefficient.isEmpty() || Math.abs(coefficient.getAsLong()) > 1 << 10) {
                throw new NoLanes(t.toString());
            }
            return new Test.Ints(i.rel(), difference, Lane.NUMBER.times(-coefficient.getAsLong()));
        }
        if (t instanceof Test.Reals r) {
            Real left = real(r.left());
            Real right = real(r.right());
            return left.isLanes() || right.isLanes()
                    ? new Test.Reals(r.rel(), LaneForms.spread(left), LaneForms.spread(right))
                    : t;
        }
        if (t instanceof Test.All a) {
            return new Test.All(LaneForms.alike(each(a.parts())));
        }
        if (t instanceof Test.Any a) {
            Optional<Test> better = LaneForms.better(a);
            if (better.isPresent()) {
                return test(better.get());
            }
            return new Test.Any(LaneForms.alike(each(a.parts())));
        }
        if (t instanceof Test.Not n) {
            return new Test.Not(test(n.part()));
        }
        throw new NoLanes(t.toString());
    }

    /** Whether the first part decides or not, the others are looked at. */
    private List<Test> each(List<Test> parts) {
        List<Test> converted = new ArrayList<>();
        List<Test> saved = masks;
        masks = new ArrayList<>(saved);
        for (Test part : parts) {
            converted.add(test(part));
            masks.addAll(converted.stream().filter(Test::isLanes).toList());
        }
        masks = saved;
        return converted;
    }

    /** The value: a scalar if it is the same in all lanes, and no lane needs its own. */
    private Real real(Real e) {
        if (e instanceof Real.Load l) {
            return load(l);
        }
        if (e instanceof Real.Literal || e instanceof Real.Special) {
            return e;
        }
        if (e instanceof Real.Local l) {
            return lanes.contains(l.name()) ? new Real.Local(l.name(), true) : e;
        }
        if (e instanceof Real.OfInt i) {
            if (i.value().asVariable().filter(counted::contains).isPresent()) {
                return new Real.Local(i.value().asVariable().get(), true);
            }
            uniform(i.value());
            return e;
        }
        if (e instanceof Real.Binary b) {
            Real left = real(b.left());
            Real right = real(b.right());
            boolean each = left.isLanes() || right.isLanes();
            return each
                    ? new Real.Binary(b.op(), LaneForms.spread(left), LaneForms.spread(right))
                    : new Real.Binary(b.op(), left, right);
        }
        if (e instanceof Real.Negate n) {
            return new Real.Negate(real(n.arg()));
        }
        if (e instanceof Real.Fma f) {
            Real a = real(f.a());
            Real b = real(f.b());
            Real c = real(f.c());
            boolean each = a.isLanes() || b.isLanes() || c.isLanes();
            return each
                    ? new Real.Fma(LaneForms.spread(a), LaneForms.spread(b), LaneForms.spread(c))
                    : new Real.Fma(a, b, c);
        }
        if (e instanceof Real.Call c) {
            Real arg = real(c.arg());
            if (arg.isLanes() && !functions.contains(c.fun())) {
                throw new NoLanes(c.fun().toString());
            }
            return new Real.Call(c.fun(), arg);
        }
        if (e instanceof Real.Choose c) {
            return choose(c);
        }
        if (e instanceof Real.Power p) {
            Real base = real(p.base());
            Real exponent = real(p.exponent());
            if (!base.isLanes() && !exponent.isLanes()) {
                return new Real.Power(base, exponent);
            }
        }
        throw new NoLanes(e.toString());
    }

    private Real load(Real.Load l) {
        if (!masks.isEmpty()
                && !safe.holds(l.buffer(), l.at())
                && !known.isInside(l.at(), l.buffer().length())) {
            throw new NoLanes("an entry that may not exist: " + l);
        }
        place(l.at());
        return LaneForms.load(l, index);
    }

    private Real choose(Real.Choose c) {
        List<Test> same = parts(c.test(), false);
        List<Test> each = parts(c.test(), true);
        if (!each.isEmpty() && !same.isEmpty()) {
            Real inner = new Real.Choose(Test.all(each), c.then(), c.otherwise());
            return choose(new Real.Choose(Test.all(same), inner, c.otherwise()));
        }
        if (!each.isEmpty()) {
            Test mask = test(c.test());
            List<Test> saved = masks;
            masks = new ArrayList<>(saved);
            masks.add(mask);
            Real then = LaneForms.spread(real(c.then()));
            Real otherwise = LaneForms.spread(real(c.otherwise()));
            masks = saved;
            return new Real.Choose(mask, then, otherwise);
        }
        String local = fresh.apply("value");
        List<Step> saved = out;
        out = new ArrayList<>();
        Real then = real(c.then());
        List<Step> first = out;
        out = new ArrayList<>();
        Real otherwise = real(c.otherwise());
        List<Step> second = out;
        out = saved;
        if (!then.isLanes() && !otherwise.isLanes() && first.isEmpty() && second.isEmpty()) {
            return c;
        }
        first.add(new Step.Assign(local, LaneForms.spread(then)));
        boolean simple = second.isEmpty() && otherwise instanceof Real.Literal;
        second.add(new Step.Assign(local, LaneForms.spread(otherwise)));
        out.add(new Step.Declare(local, simple ? LaneForms.spread(otherwise) : new Real.Spread(Real.ZERO), true));
        out.add(new Step.If(c.test(), new Step.Block(first), simple ? null : new Step.Block(second)));
        return new Real.Local(local, true);
    }

    /** An integer that the index may move, but in which no lane has a local of its own. */
    private IntExpr place(IntExpr e) {
        if (e.variables().stream().anyMatch(counted::contains)) {
            throw new NoLanes("a place that depends on a winner");
        }
        return e;
    }

    private void uniform(IntExpr e) {
        if (place(e).variables().contains(index)) {
            throw new NoLanes("an integer for each lane: " + e);
        }
        exists(e);
    }

    /** An entry of integer data that a condition of lanes guards may not exist where it fails. */
    private void exists(IntExpr e) {
        if (!masks.isEmpty() && e.atoms().stream().anyMatch(a -> a instanceof Cell)) {
            throw new NoLanes("integer data under a condition: " + e);
        }
    }
}
