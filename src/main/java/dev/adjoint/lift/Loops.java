package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.WhileStmt;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Loops. A dry run finds what one writes; a counting run what its integers do in one iteration; the exact run is one
 * iteration of which nothing is known but its number, from contents of which nothing is known; {@link Closing} makes of
 * it all iterations.
 */
final class Loops {
    private final Machine machine;

    Loops(Machine machine) {
        this.machine = machine;
    }

    /** One loop, whatever it is written as. */
    private record Loop(
            Node node,
            List<Expression> conditions,
            List<Expression> breaks,
            List<Statement> body,
            List<Expression> update) {}

    void run(ForStmt loop) {
        Set<String> outer = Set.copyOf(machine.state.variables.keySet());
        loop.getInitialization().forEach(machine.expressions::run);
        List<Expression> conditions = new ArrayList<>();
        loop.getCompare().ifPresent(conditions::add);
        run(new Loop(loop, conditions, List.of(), statements(loop.getBody()), List.copyOf(loop.getUpdate())));
        for (Expression e : loop.getInitialization()) {
            if (e instanceof VariableDeclarationExpr v) {
                v.getVariables().forEach(d -> {
                    if (!outer.contains(machine.key(d.getNameAsString()))) {
                        machine.state.variables.remove(machine.key(d.getNameAsString()));
                    }
                });
            }
        }
    }

    void run(WhileStmt loop) {
        run(new Loop(loop, List.of(loop.getCondition()), List.of(), statements(loop.getBody()), List.of()));
    }

    private static List<Statement> statements(Statement body) {
        return body instanceof BlockStmt b ? List.copyOf(b.getStatements()) : List.of(body);
    }

    /** {@code for (T x : array)}. */
    void run(ForEachStmt loop) {
        Value.Array array = machine.expressions.array(loop.getIterable());
        String name = loop.getVariableDeclarator().getNameAsString();
        String type = loop.getVariableDeclarator().getType().asString();
        IntExpr length = machine.accesses.length(array, loop.getIterable());
        String index = "i_" + name + "#" + machine.fresh();
        Counter counter = new Counter(Range.below(index, length), false, IntExpr.var(index), IntExpr.var(index));
        Runnable body = () -> {
            List<Expr> prefix = new ArrayList<>(array.prefix());
            prefix.add(Ints.leaf(IntExpr.var(index)));
            Value.Array element = new Value.Array(array.id(), prefix);
            Value value =
                    machine.accesses.isEntry(element) ? machine.accesses.read(element, loop.getIterable()) : element;
            machine.set(machine.key(name), machine.assignments.stored(name, type, value, loop));
            machine.statements.run(statements(loop.getBody()));
        };
        if (machine.mode == Machine.Mode.DRY) {
            inside(body);
            return;
        }
        Carried carried = carried(dry(body), machine.state);
        Map<String, IntExpr> steps = carried.integers.isEmpty() ? Map.of() : steps(carried, body);
        close(loop, counter, carried, steps, body);
    }

    private void inside(Runnable body) {
        machine.loopDepth++;
        try {
            body.run();
        } finally {
            machine.loopDepth--;
        }
    }

    private void run(Loop given) {
        Loop loop = withBreaks(given);
        Runnable body = () -> machine.statements.run(loop.body());
        Runnable update = () -> loop.update().forEach(machine.expressions::run);
        if (machine.mode == Machine.Mode.DRY) {
            condition(loop);
            inside(body);
            update.run();
            return;
        }
        Machine.Writes inBody = dry(body);
        Machine.Writes inHead = dry(() -> condition(loop));
        if (!inHead.variables().isEmpty() || !inHead.cells().isEmpty()) {
            throw new Refusal(
                    Messages.LOOP, loop.node(), "this loop cannot be counted: its condition changes what it asks for");
        }
        Machine.Writes all = dry(() -> {
            inside(body);
            update.run();
        });
        State before = machine.state;
        Carried carried = carried(all, before);
        boolean simple = carried.integers.keySet().stream().noneMatch(inBody.variables()::contains);
        Map<String, IntExpr> steps = steps(carried, () -> {
            if (!simple) {
                inside(body);
            }
            update.run();
        });
        Counter counter = head(loop, carried, steps);
        Runnable iteration = () -> {
            body.run();
            update.run();
        };
        close(loop.node(), counter, carried, steps, iteration);
    }

    /** {@code for (…; c; …) { if (b) break; … }} goes on while {@code c && !b}. */
    private static Loop withBreaks(Loop loop) {
        List<Expression> breaks = new ArrayList<>();
        List<Statement> body = loop.body();
        while (!body.isEmpty() && body.get(0) instanceof IfStmt choice && isBreak(choice)) {
            breaks.add(choice.getCondition());
            body = body.subList(1, body.size());
        }
        return new Loop(loop.node(), loop.conditions(), breaks, body, loop.update());
    }

    /** What must hold for the loop to go on; evaluated in the present state. */
    private Cond condition(Loop loop) {
        Cond condition = Cond.TRUE;
        for (Expression c : loop.conditions()) {
            condition = Cond.and(condition, machine.expressions.truth(c));
        }
        for (Expression c : loop.breaks()) {
            condition = Cond.and(condition, Conditions.not(machine.expressions.truth(c)));
        }
        return condition;
    }

    private static boolean isBreak(IfStmt choice) {
        Statement then = choice.getThenStmt();
        if (then instanceof BlockStmt b && b.getStatements().size() == 1) {
            then = b.getStatement(0);
        }
        return choice.getElseStmt().isEmpty()
                && then instanceof BreakStmt b
                && b.getLabel().isEmpty();
    }

    // ---- what a loop writes

    private Machine.Writes dry(Runnable what) {
        State start = machine.state;
        Machine.Mode mode = machine.mode;
        Machine.Writes writes = new Machine.Writes();
        machine.state = start.copy();
        machine.mode = Machine.Mode.DRY;
        machine.writes = writes;
        try {
            inside(what);
        } finally {
            machine.state = start;
            machine.mode = mode;
            machine.writes = null;
        }
        return writes;
    }

    /** What changes from one iteration to the next, and by which names the former contents go. */
    private static final class Carried {
        private final Map<String, Expr> integers = new TreeMap<>();
        private final Map<Integer, Expr> cells = new TreeMap<>();
        private final Map<String, Value> others = new TreeMap<>();

        private Set<String> names(Set<String> counted) {
            Set<String> names = new java.util.TreeSet<>();
            integers.forEach((key, self) -> {
                if (!counted.contains(key)) {
                    names.add(SelfReads.name(self));
                }
            });
            cells.values().forEach(self -> names.add(SelfReads.name(self)));
            return names;
        }
    }

    private Carried carried(Machine.Writes writes, State before) {
        Carried carried = new Carried();
        for (String key : writes.variables()) {
            Value value = before.variables.get(key);
            if (value instanceof Value.Int) {
                carried.integers.put(key, SelfReads.of(plain(key) + "#" + machine.fresh(), 0, true));
            } else if (value != null && !(value instanceof Value.Variable)) {
                carried.others.put(key, value);
            }
        }
        for (int id : writes.cells()) {
            if (before.cells.containsKey(id)) {
                ArrayInfo info = machine.info(id);
                String name = info.name() + "#" + machine.fresh();
                carried.cells.put(id, SelfReads.of(name, info.rank(), info.kind() == ArrayInfo.Kind.INT));
            }
        }
        return carried;
    }

    private static String plain(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The state at the start of an iteration of which nothing is known. */
    private State unknown(Carried carried, State before, Node node) {
        State state = before.copy();
        carried.integers.forEach((key, self) -> state.variables.put(key, new Value.Int(self)));
        carried.cells.forEach(
                (id, self) -> state.cells.put(id, Content.of(machine.info(id).rank(), self)));
        carried.others.forEach((key, value) -> state.variables.put(
                key,
                new Value.Unknown(new Refusal(
                        value instanceof Value.Truth ? Messages.RECURRENCE : Messages.ALIAS,
                        node,
                        "`" + plain(key) + "` changes from one iteration of this loop to the next"))));
        return state;
    }

    // ---- how its integers step

    /** By how much each integer changes in an iteration, where that is the same in all of them. */
    private Map<String, IntExpr> steps(Carried carried, Runnable iteration) {
        State before = machine.state;
        Machine.Mode mode = machine.mode;
        machine.state = unknown(carried, before, machine.frame().type());
        machine.mode = Machine.Mode.COUNTING;
        Map<String, IntExpr> steps = new LinkedHashMap<>();
        try {
            inside(iteration);
            Set<String> names = carried.names(Set.of());
            carried.integers.forEach((key, self) -> {
                if (machine.state.variables.get(key) instanceof Value.Int after) {
                    Ints.single(after.tree()).ifPresent(e -> {
                        IntExpr step = e.minus(Ints.single(self).orElseThrow());
                        boolean known = Law.names(new Expr.IntValue(step)).stream()
                                .noneMatch(n -> names.contains(n) || n.startsWith("dry#"));
                        if (known) {
                            steps.put(key, step);
                        }
                    });
                }
            });
        } finally {
            machine.state = before;
            machine.mode = mode;
        }
        return steps;
    }

    // ---- which iterations there are

    private Counter head(Loop loop, Carried carried, Map<String, IntExpr> steps) {
        State before = machine.state;
        machine.state = unknown(carried, before, loop.node());
        Cond condition;
        try {
            condition = condition(loop);
        } finally {
            machine.state = before;
        }
        Set<String> mentioned = Law.names(condition);
        machine.demandKnown(mentioned);
        String counter = null;
        Expr self = null;
        IntExpr step = null;
        for (Map.Entry<String, Expr> each : carried.integers.entrySet()) {
            if (mentioned.contains(SelfReads.name(each.getValue()))) {
                step = steps.get(each.getKey());
                if (step == null || counter != null) {
                    throw new Refusal(
                            Messages.LOOP,
                            loop.node(),
                            "this loop cannot be counted: "
                                    + (counter != null
                                            ? "`" + plain(counter) + "` and `" + plain(each.getKey()) + "` both end it"
                                            : "`" + plain(each.getKey()) + "` does not change by the same step in each"
                                                    + " iteration"));
                }
                counter = each.getKey();
                self = each.getValue();
            }
        }
        if (counter == null || self == null || step == null) {
            throw new Refusal(
                    Messages.LOOP, loop.node(), "this loop cannot be counted: no counter stands in its" + " condition");
        }
        machine.demandKnown(step);
        boolean up = machine.domain.impliesLe(IntExpr.ONE, step);
        if (!up && !machine.domain.impliesLe(step, IntExpr.of(-1))) {
            throw new Refusal(
                            Messages.LOOP,
                            loop.node(),
                            "this loop cannot be counted: its step " + Machine.text(step)
                                    + " is not shown to be positive")
                    .help("`assume` in the layer that it is");
        }
        String raw = plain(counter) + "#" + machine.fresh();
        IntExpr start = machine.expressions.plain(integer(before, counter), loop.node());
        Position.Entry symbol = new Position.Entry(SelfReads.name(self), List.of());
        Cond named = new Rewriter() {
            @Override
            public IntExpr atom(Atom atom) {
                return atom.equals(symbol) ? IntExpr.var(raw) : super.atom(atom);
            }
        }.cond(condition);
        Domain known = machine.facts.about(machine.domain, start);
        return new Counter.Finder(raw, start, up, known, loop.node()).find(named, step);
    }

    private static Expr integer(State state, String key) {
        if (state.variables.get(key) instanceof Value.Int i) {
            return i.tree();
        }
        throw new IllegalStateException("no int: " + key);
    }

    // ---- all of them

    private void close(Node node, Counter counter, Carried carried, Map<String, IntExpr> steps, Runnable iteration) {
        State before = machine.state;
        Domain outside = machine.facts.about(
                machine.domain, counter.range().lo(), counter.range().hi());
        machine.state = unknown(carried, before, node);
        steps.forEach((key, step) -> {
            Expr start = integer(before, key);
            machine.state.variables.put(
                    key, new Value.Int(Ints.map(start, e -> Ints.leaf(e.plus(step.times(counter.passed()))))));
        });
        machine.domain = outside.and(counter.range());
        try {
            inside(iteration);
        } finally {
            machine.domain = outside;
        }
        State after = machine.state;
        machine.state = before.copy();
        new LoopEnd(machine, node, counter, before, after)
                .finish(carried.integers, carried.cells, steps, carried.names(steps.keySet()));
        carried.others
                .keySet()
                .forEach(key -> machine.state.variables.put(
                        key, unknown(carried, before, node).variables.get(key)));
    }
}
