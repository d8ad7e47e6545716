package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;

/** {@code Arrays.fill}, {@code System.arraycopy}, {@code clone}: loops that someone else wrote. */
final class ArrayCalls {
    private final Machine machine;

    ArrayCalls(Machine machine) {
        this.machine = machine;
    }

    Value call(MethodCallExpr call) {
        String name = call.getNameAsString();
        List<Expression> in = call.getArguments();
        if (name.equals("fill") && in.size() == 2) {
            Value.Array array = flat(in.get(0));
            fill(array, machine.expressions.value(in.get(1)), IntExpr.ZERO, machine.accesses.length(array, call), call);
            return new Value.Nothing();
        }
        if (name.equals("fill") && in.size() == 4) {
            Value.Array array = flat(in.get(0));
            IntExpr from = machine.expressions.plain(machine.expressions.integer(in.get(1)), in.get(1));
            IntExpr to = machine.expressions.plain(machine.expressions.integer(in.get(2)), in.get(2));
            fill(array, machine.expressions.value(in.get(3)), from, to, call);
            return new Value.Nothing();
        }
        if (name.equals("arraycopy") && in.size() == 5) {
            copy(in, call);
            return new Value.Nothing();
        }
        throw new Refusal(Messages.CALL, call, "`" + call.getNameAsString() + "` is no method that is read");
    }

    private Value.Array flat(Expression e) {
        Value.Array array = machine.expressions.array(e);
        int open = machine.info(array.id()).layout().size() - array.prefix().size();
        if (open != 1) {
            throw new Refusal(Messages.SHAPE, e, "`" + e + "` is an array of arrays");
        }
        return array;
    }

    /** {@code from <= index < to}, where the index is that of the last brackets. */
    private List<Cond> between(Value.Array array, IntExpr from, IntExpr to, Node node) {
        ArrayInfo info = machine.info(array.id());
        int last = info.layout().size() - 1;
        IntExpr length = info.length(last);
        if (from.isZero() && to.equals(length)) {
            return List.of();
        }
        boolean inside = machine.domain.impliesLe(IntExpr.ZERO, from)
                && machine.domain.impliesLe(from, to)
                && machine.domain.impliesLe(to, length);
        if (!inside) {
            machine.demandKnown(from);
            machine.demandKnown(to);
            throw new Refusal(
                    Messages.BOUNDS,
                    node,
                    "`" + node + "`: 0 <= " + Machine.text(from) + " <= " + Machine.text(to) + " <= "
                            + Machine.text(length) + " is not shown for all sizes");
        }
        List<Integer> axes = info.layout().get(last);
        IntExpr offset = Offsets.horner(
                axes.stream().map(a -> IntExpr.var(Content.q(a))).toList(),
                axes.stream().map(info.extents()::get).toList());
        return Cond.conjuncts(Cond.within(from, offset, to));
    }

    private void fill(Value.Array array, Value value, IntExpr from, IntExpr to, Node node) {
        if (machine.accesses.isIgnored(array)) {
            return;
        }
        if (!machine.isExact()) {
            machine.write(array.id(), machine.content(array.id()));
            return;
        }
        boolean integers = machine.info(array.id()).kind() == ArrayInfo.Kind.INT;
        Expr e = integers ? machine.expressions.integer(value, node) : machine.expressions.real(value, node);
        List<Cond> where = Term.concat(machine.accesses.row(array, node), between(array, from, to, node));
        machine.write(array.id(), machine.content(array.id()).assign(where, e));
    }

    private void copy(List<Expression> in, MethodCallExpr call) {
        Value.Array from = flat(in.get(0));
        IntExpr start = machine.expressions.plain(machine.expressions.integer(in.get(1)), in.get(1));
        Value.Array to = flat(in.get(2));
        IntExpr into = machine.expressions.plain(machine.expressions.integer(in.get(3)), in.get(3));
        IntExpr count = machine.expressions.plain(machine.expressions.integer(in.get(4)), in.get(4));
        if (machine.accesses.isIgnored(to)) {
            return;
        }
        if (!machine.isExact()) {
            machine.write(to.id(), machine.content(to.id()));
            return;
        }
        between(from, start, start.plus(count), call);
        List<Cond> where = Term.concat(machine.accesses.row(to, call), between(to, into, into.plus(count), call));
        ArrayInfo info = machine.info(to.id());
        List<Integer> axes = info.layout().get(info.layout().size() - 1);
        IntExpr offset = Offsets.horner(
                axes.stream().map(a -> IntExpr.var(Content.q(a))).toList(),
                axes.stream().map(info.extents()::get).toList());
        List<Expr> prefix = new ArrayList<>(from.prefix());
        IntExpr source = start.plus(offset.minus(into));
        prefix.add(Ints.leaf(source));
        Expr[] value = new Expr[1];
        List<Cond> known = new ArrayList<>(where);
        known.add(Cond.ints(Rel.LE, IntExpr.ZERO, source));
        known.add(Cond.ints(Rel.LT, source, machine.accesses.length(from, call)));
        axes.forEach(a -> known.addAll(Cond.conjuncts(Cond.within(
                IntExpr.ZERO, IntExpr.var(Content.q(a)), info.extents().get(a)))));
        machine.where(Cond.and(known), () -> {
            Value entry = machine.accesses.read(new Value.Array(from.id(), prefix), call);
            value[0] = info.kind() == ArrayInfo.Kind.INT
                    ? machine.expressions.integer(entry, call)
                    : machine.expressions.real(entry, call);
        });
        machine.write(to.id(), machine.content(to.id()).assign(where, value[0]));
    }

    /** A new array with the same entries. */
    Value copy(Value.Array array, Node node) {
        ArrayInfo info = machine.info(array.id());
        if (!array.prefix().isEmpty() || info.layout().size() != 1) {
            throw Statements.unread(node, "a copy of rows");
        }
        String name = node.getParentNode()
                .filter(VariableDeclarator.class::isInstance)
                .map(p -> ((VariableDeclarator) p).getNameAsString())
                .orElse("the copy of " + info.name());
        int id = machine.allocate(new ArrayInfo(name, info.extents(), info.layout(), info.kind(), info.site()));
        machine.state.cells.put(id, machine.content(array.id()));
        return new Value.Array(id, List.of());
    }
}
