package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Exprs;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables of the running methods and the contents of all arrays, at one point of the program. */
final class State {
    /** Variable, with the number of its frame before it → value. */
    final Map<String, Value> variables;
    /** Array → content. */
    final Map<Integer, Content> cells;
    /** What the running method has returned; null while it runs. */
    @Nullable
    Value returned;

    State() {
        this(new TreeMap<>(), new TreeMap<>(), null);
    }

    private State(Map<String, Value> variables, Map<Integer, Content> cells, @Nullable Value returned) {
        this.variables = variables;
        this.cells = cells;
        this.returned = returned;
    }

    State copy() {
        return new State(new TreeMap<>(variables), new TreeMap<>(cells), returned);
    }

    void become(State other) {
        if (other != this) {
            variables.clear();
            variables.putAll(other.variables);
            cells.clear();
            cells.putAll(other.cells);
            returned = other.returned;
        }
    }

    /** The state after a choice, of what both sides know. */
    static State merge(Cond condition, State then, State otherwise, Refusal mixed) {
        State merged = new State();
        then.variables.forEach((name, a) -> {
            Value b = otherwise.variables.get(name);
            if (b != null) {
                merged.variables.put(name, merge(condition, a, b, then, otherwise, mixed));
            }
        });
        then.cells.forEach((id, a) -> {
            Content b = otherwise.cells.get(id);
            merged.cells.put(id, b == null ? a : Content.merge(condition, a, b));
        });
        otherwise.cells.forEach(merged.cells::putIfAbsent);
        if (then.returned != null && otherwise.returned != null) {
            merged.returned = merge(condition, then.returned, otherwise.returned, then, otherwise, mixed);
        }
        return merged;
    }

    static Value merge(Cond condition, Value a, Value b, State then, State otherwise, Refusal mixed) {
        if (a.equals(b)) {
            return a;
        }
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            return new Value.Int(Ints.select(condition, x.tree(), y.tree()));
        }
        if (a instanceof Value.Real x && b instanceof Value.Real y) {
            return new Value.Real(Exprs.select(condition, x.value(), y.value()));
        }
        if (a instanceof Value.Truth x && b instanceof Value.Truth y) {
            Cond yes = Cond.and(condition, x.value());
            return new Value.Truth(Cond.or(java.util.List.of(yes, Cond.and(Conditions.not(condition), y.value()))));
        }
        return a instanceof Value.Unknown ? a : b instanceof Value.Unknown ? b : new Value.Unknown(mixed);
    }
}
