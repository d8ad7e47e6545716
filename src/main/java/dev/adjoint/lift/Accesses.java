package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries of arrays: where an access in Java leads, and that it lies inside. */
final class Accesses {
    private final Machine machine;

    Accesses(Machine machine) {
        this.machine = machine;
    }

    /**
     * An entry of a tensor, where a condition holds.
     *
     * @param where the equations between its index and {@code q}
     */
    record Entry(Cond guard, List<Cond> where, List<IntExpr> index) {}

    /** Whether brackets are left after the prefix. */
    boolean isEntry(Value.Array array) {
        return array.prefix().size() == machine.info(array.id()).layout().size();
    }

    /** The array's length in the next pair of brackets. */
    IntExpr length(Value.Array array, Node node) {
        ArrayInfo info = machine.info(array.id());
        if (array.prefix().size() >= info.layout().size()) {
            throw new Refusal(Messages.SHAPE, node, "`" + info.name() + "` has no brackets left here");
        }
        return info.isOpaque()
                ? machine.expressions.plain(machine.unknownInt(opaque(info, node)), node)
                : info.length(array.prefix().size());
    }

    private static Refusal opaque(ArrayInfo info, Node node) {
        return new Refusal(
                        Messages.MAPPING,
                        node,
                        "`" + info.name() + "` is no tensor of the layer, and the result depends" + " on it")
                .help("say which tensor it is, as `delta = " + info.name() + "`");
    }

    /** The entries that an access may mean, of which exactly one is meant. */
    List<Entry> entries(Value.Array array, Node node) {
        List<Entry> entries = new ArrayList<>();
        collect(array, node, new ArrayList<>(), Cond.TRUE, entries);
        return entries;
    }

    private void collect(Value.Array array, Node node, List<IntExpr> offsets, Cond guard, List<Entry> entries) {
        if (offsets.size() == array.prefix().size()) {
            Domain domain = Conditions.assume(machine.domain, guard, machine.facts);
            if (entries.isEmpty() || !domain.isEmpty()) {
                entries.add(entry(array, offsets, guard, domain, node));
            }
            return;
        }
        for (Ints.Alternative each : Ints.alternatives(array.prefix().get(offsets.size()))) {
            List<IntExpr> more = new ArrayList<>(offsets);
            more.add(each.value());
            collect(array, node, more, Cond.and(guard, each.cond()), entries);
        }
    }

    private Entry entry(Value.Array array, List<IntExpr> offsets, Cond guard, Domain domain, Node node) {
        ArrayInfo info = machine.info(array.id());
        Domain known = machine.facts.about(domain, offsets.toArray(IntExpr[]::new));
        List<IntExpr> simple = offsets.stream().map(known::simplify).toList();
        Optional<List<IntExpr>> digits = digits(info, info.layout(), simple, known);
        if (digits.isPresent()) {
            return new Entry(guard, equations(digits.get()), digits.get());
        }
        simple.forEach(machine::demandKnown);
        for (Layouts.Shape other : machine.layouts.others(info.site())) {
            ArrayInfo as = new ArrayInfo(info.name(), other.extents(), other.layout(), info.kind(), info.site());
            if (digits(as, other.layout(), simple, known).isPresent()) {
                throw machine.layouts.change(info.site(), other);
            }
        }
        if (machine.layouts.isTorn(info.site())) {
            throw machine.layouts.fix(info.site());
        }
        if (machine.layouts.isFixed(info.site())) {
            machine.notes.add("the offsets of " + info.name() + " follow no one layout: they are read as row-major");
        }
        return flat(info, simple, guard, known, node);
    }

    private List<Cond> equations(List<IntExpr> index) {
        List<Cond> where = new ArrayList<>();
        for (int k = 0; k < index.size(); k++) {
            where.add(Cond.eq(IntExpr.var(Content.q(k)), index.get(k)));
        }
        return where.stream().filter(c -> !c.equals(Cond.TRUE)).toList();
    }

    /** The index in the tensor, axis by axis; empty if an offset does not follow the layout, or may lie outside. */
    private static Optional<List<IntExpr>> digits(
            ArrayInfo info, List<List<Integer>> layout, List<IntExpr> offsets, Domain domain) {
        IntExpr[] index = new IntExpr[info.rank()];
        for (int k = 0; k < offsets.size(); k++) {
            List<Integer> axes = layout.get(k);
            List<IntExpr> extents = axes.stream().map(info.extents()::get).toList();
            if (axes.isEmpty()) {
                if (!domain.implies(Constraint.eq(offsets.get(k), IntExpr.ZERO))) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<List<IntExpr>> digits = Offsets.digits(offsets.get(k), extents, domain);
            if (digits.isEmpty()) {
                return Optional.empty();
            }
            for (int a = 0; a < axes.size(); a++) {
                index[axes.get(a)] = digits.get().get(a);
            }
        }
        return Optional.of(List.of(index));
    }

    /** An offset that runs over axes: inside as a whole, its digits quotients and remainders. */
    private Entry flat(ArrayInfo info, List<IntExpr> offsets, Cond guard, Domain domain, Node node) {
        IntExpr[] index = new IntExpr[info.rank()];
        List<Cond> where = new ArrayList<>();
        for (int k = 0; k < offsets.size(); k++) {
            List<Integer> axes = info.layout().get(k);
            List<IntExpr> extents = axes.stream().map(info.extents()::get).toList();
            IntExpr offset = offsets.get(k);
            boolean low = domain.impliesLe(IntExpr.ZERO, offset);
            if (!low || !domain.implies(Constraint.lt(offset, info.length(k)))) {
                throw outside(info, offset, k, low, node);
            }
            List<IntExpr> digits = Offsets.quotients(offset, extents, domain);
            List<IntExpr> q = new ArrayList<>();
            for (int a = 0; a < axes.size(); a++) {
                index[axes.get(a)] = digits.get(a);
                q.add(IntExpr.var(Content.q(axes.get(a))));
            }
            where.add(Cond.eq(offset, Offsets.horner(q, extents)));
        }
        return new Entry(guard, where, List.of(index));
    }

    private static Refusal outside(ArrayInfo info, IntExpr offset, int bracket, boolean low, Node node) {
        String side = low ? "below " + Machine.text(info.length(bracket)) : "at least 0";
        return new Refusal(
                        Messages.BOUNDS,
                        node,
                        "`" + node + "`: " + Machine.text(offset) + " is not shown to be " + side
                                + " for all sizes, and outside Java throws")
                .help("guard the access, shorten the loop, or `assume` in the layer what keeps it inside; "
                        + info.name() + " is taken to hold " + info.extents() + " in this order of its axes");
    }

    /** The value of an entry. */
    Value read(Value.Array array, Node node) {
        ArrayInfo info = machine.info(array.id());
        if (!machine.isExact()) {
            return machine.dummy(info.kind());
        }
        if (info.isOpaque()) {
            Refusal why = opaque(info, node);
            return info.kind() == ArrayInfo.Kind.INT
                    ? new Value.Int(machine.unknownInt(why))
                    : new Value.Real(machine.unknownReal(why));
        }
        Content content = machine.content(array.id());
        List<Entry> entries = entries(array, node);
        Expr value = null;
        for (int k = entries.size() - 1; k >= 0; k--) {
            Entry entry = entries.get(k);
            Domain domain = Conditions.assume(machine.domain, entry.guard(), machine.facts);
            Expr here = content.read(entry.index(), domain, machine.facts);
            value = value == null ? here : Exprs.select(entry.guard(), here, value);
        }
        if (value == null) {
            throw new IllegalStateException("no entry of " + info);
        }
        return info.kind() == ArrayInfo.Kind.INT ? new Value.Int(value) : new Value.Real(value);
    }

    /** Whether what is written to the array concerns nobody. */
    boolean isIgnored(Value.Array array) {
        ArrayInfo info = machine.info(array.id());
        if (info.isOpaque()) {
            machine.notes.add(
                    "`" + info.name() + "` is no tensor of the layer: what is written to it is not looked at");
        }
        return info.isOpaque();
    }

    /** Sets an entry. */
    void assign(Value.Array array, Expr value, Node node) {
        if (isIgnored(array)) {
            return;
        }
        if (!machine.isExact()) {
            machine.write(array.id(), machine.content(array.id()));
            return;
        }
        Content content = machine.content(array.id());
        for (Entry entry : entries(array, node)) {
            content = content.assign(Term.concat(Cond.conjuncts(entry.guard()), entry.where()), value);
        }
        machine.write(array.id(), content);
    }

    /** Adds to an entry. */
    void add(Value.Array array, Expr value, Node node) {
        if (isIgnored(array)) {
            return;
        }
        if (!machine.isExact()) {
            machine.write(array.id(), machine.content(array.id()));
            return;
        }
        Content content = machine.content(array.id());
        for (Entry entry : entries(array, node)) {
            content = content.add(Term.of(Term.concat(Cond.conjuncts(entry.guard()), entry.where()), value));
        }
        machine.write(array.id(), content);
    }

    /** The equations between the indices before an array's open brackets and {@code q}. */
    List<Cond> row(Value.Array array, Node node) {
        List<Cond> where = new ArrayList<>();
        ArrayInfo info = machine.info(array.id());
        for (int k = 0; k < array.prefix().size(); k++) {
            IntExpr offset = machine.expressions.plain(array.prefix().get(k), node);
            List<Integer> axes = info.layout().get(k);
            List<IntExpr> extents = axes.stream().map(info.extents()::get).toList();
            boolean low = machine.domain.impliesLe(IntExpr.ZERO, offset);
            if (!low || !machine.domain.implies(Constraint.lt(offset, info.length(k)))) {
                machine.demandKnown(offset);
                throw outside(info, offset, k, low, node);
            }
            List<IntExpr> q = axes.stream().map(a -> IntExpr.var(Content.q(a))).toList();
            Optional<List<IntExpr>> digits = Offsets.digits(offset, extents, machine.domain);
            if (digits.isPresent()) {
                for (int a = 0; a < q.size(); a++) {
                    where.add(Cond.eq(q.get(a), digits.get().get(a)));
                }
            } else {
                where.add(Cond.eq(offset, Offsets.horner(q, extents)));
            }
        }
        return where.stream().filter(c -> !c.equals(Cond.TRUE)).toList();
    }
}
