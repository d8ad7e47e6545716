package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state after a loop, of one iteration. */
final class LoopEnd {
    private final Machine machine;
    private final Node node;
    private final Counter counter;
    private final State before;
    private final State after;

    LoopEnd(Machine machine, Node node, Counter counter, State before, State after) {
        this.machine = machine;
        this.node = node;
        this.counter = counter;
        this.before = before;
        this.after = after;
    }

    /**
     * Sets the machine's state to that after the loop.
     *
     * @param integers and
     * @param cells that the loop writes, with what their former contents are called
     * @param steps of the integers that are counted
     * @param names of all former contents
     */
    void finish(Map<String, Expr> integers, Map<Integer, Expr> cells, Map<String, IntExpr> steps, Set<String> names) {
        IntExpr runs = runs();
        steps.forEach((key, step) -> machine.state.variables.put(
                key, new Value.Int(Ints.map(start(key), e -> Ints.leaf(e.plus(step.times(runs)))))));
        Map<String, Law> ofIntegers = new LinkedHashMap<>();
        integers.forEach((key, self) -> {
            if (!steps.containsKey(key)) {
                ofIntegers.put(key, law(key, self));
            }
        });
        Map<Integer, Law> plain = new LinkedHashMap<>();
        cells.forEach((id, self) -> {
            Content content = after.cells.get(id);
            if (content == null) {
                throw new IllegalStateException("an array is gone: " + machine.info(id));
            }
            plain.put(id, Law.of(content, self, machine.info(id).extents()));
        });
        if (!machine.isExact()) {
            ofIntegers.keySet().forEach(key -> machine.state.variables.put(key, machine.dummy(ArrayInfo.Kind.INT)));
            return;
        }
        Untouched untouched = new Untouched(plain, counter.range().name());
        Map<Integer, Law> ofCells = Untouched.all(plain, untouched);
        ofIntegers.replaceAll((key, law) -> untouched.apply(law));
        Closing closing = new Closing(counter.range(), counter.descending(), machine.domain, machine.facts, names);
        List<Law> all = new ArrayList<>(ofCells.values());
        all.addAll(ofIntegers.values());
        closing.prepare(all);
        ofCells.forEach((id, law) -> machine.state.cells.put(id, closed(closing, law, id, ofCells, untouched)));
        ofIntegers.forEach(
                (key, law) -> machine.state.variables.put(key, closed(closing, law, key, ofCells, untouched)));
    }

    private Expr start(String key) {
        if (before.variables.get(key) instanceof Value.Int i) {
            return i.tree();
        }
        throw new IllegalStateException("no int: " + key);
    }

    /** How many iterations there are: none where the range is empty. */
    private IntExpr runs() {
        IntExpr extent = counter.range().extent();
        return machine.domain.impliesLe(IntExpr.ZERO, extent) ? extent : extent.max(IntExpr.ZERO);
    }

    /** The law of an integer, from the tree that it holds after an iteration. */
    private Law law(String key, Expr self) {
        List<Content.Case> cases = new ArrayList<>();
        if (after.variables.get(key) instanceof Value.Int i) {
            for (Ints.Alternative each : Ints.alternatives(i.tree())) {
                if (!Ints.leaf(each.value()).equals(self)) {
                    cases.add(new Content.Case(dev.adjoint.expr.Cond.conjuncts(each.cond()), Ints.leaf(each.value())));
                }
            }
        }
        return new Law(new Content(0, cases, List.of(), self), self, List.of());
    }

    private Content closed(Closing closing, Law law, int id, Map<Integer, Law> ofCells, Untouched untouched) {
        Content start = before.cells.get(id);
        if (start == null) {
            throw new IllegalStateException("an array is new: " + machine.info(id));
        }
        ArrayInfo info = machine.info(id);
        Optional<Content> effect = closing.close(law).map(e -> untouched.restore(e, this::entryBefore));
        if (effect.isEmpty()) {
            Refusal why = refusal(law, info.name());
            boolean integers = info.kind() == ArrayInfo.Kind.INT;
            return Content.of(start.rank(), integers ? machine.unknownInt(why) : machine.unknownReal(why));
        }
        Domain domain = machine.domain;
        for (int k = 0; k < info.rank(); k++) {
            domain = domain.and(Range.below(Content.q(k), info.extents().get(k)));
        }
        Content content =
                withBests(effect.get(), law, closing, ofCells).after(start, law.self(), domain, machine.facts);
        if (info.rank() > 0 || !content.added().isEmpty()) {
            return content;
        }
        Expr value = content.read(List.of(), domain, machine.facts);
        Expr improved = Extremes.improve(value);
        return improved.equals(value) ? content : Content.of(0, Expr.Num.ZERO).assign(List.of(), improved);
    }

    private Value closed(Closing closing, Law law, String key, Map<Integer, Law> ofCells, Untouched untouched) {
        Expr start = start(key);
        Optional<Content> effect = closing.close(law).map(e -> untouched.restore(e, this::entryBefore));
        if (effect.isEmpty()) {
            return new Value.Int(machine.unknownInt(refusal(law, key.substring(key.lastIndexOf('.') + 1))));
        }
        Content content = withBests(effect.get(), law, closing, ofCells)
                .after(Content.of(0, start), law.self(), machine.domain, machine.facts);
        return new Value.Int(Extremes.improve(content.read(List.of(), machine.domain, machine.facts)));
    }

    /** What follows a running maximum is compared with what that began from. */
    private Content withBests(Content effect, Law law, Closing closing, Map<Integer, Law> ofCells) {
        Content result = effect;
        for (Law best : closing.scalarBests()) {
            if (!best.equals(law)) {
                for (Map.Entry<Integer, Law> cell : ofCells.entrySet()) {
                    Content start = before.cells.get(cell.getKey());
                    if (cell.getValue().equals(best) && start != null) {
                        result = replaced(result, best, start);
                    }
                }
            }
        }
        return result;
    }

    private Content replaced(Content effect, Law best, Content start) {
        return Untouched.replace(effect, best.self(), index -> start.read(index, machine.domain, machine.facts));
    }

    /** What an array held before the loop. */
    private java.util.function.Function<List<IntExpr>, Expr> entryBefore(int id) {
        return index -> {
            Content start = before.cells.get(id);
            if (start == null) {
                throw new IllegalStateException("an array is new: " + machine.info(id));
            }
            return start.read(index, machine.domain, machine.facts);
        };
    }

    private Refusal refusal(Law law, String name) {
        boolean uses = law.content().cases().stream().anyMatch(c -> Law.names(c).contains(SelfReads.name(law.self())))
                || law.content().added().stream().anyMatch(t -> Law.names(t).contains(SelfReads.name(law.self())));
        return new Refusal(
                Messages.RECURRENCE,
                node,
                uses
                        ? "`" + name + "`: an iteration of this loop uses what earlier ones left in it, and that is no"
                                + " sum, no product, no maximum and no winner's index"
                        : "`" + name + "`: which iteration of this loop writes an entry last cannot be told, or an"
                                + " iteration uses what earlier ones computed");
    }
}
