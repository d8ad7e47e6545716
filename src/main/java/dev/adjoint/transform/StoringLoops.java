package dev.adjoint.transform;

import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Steps;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the loops of a nest that stand right around a store, and gives {@linkplain ClearRows each kind of rows} of them
 * a method of its own.
 */
abstract class StoringLoops {
    private final Outline outline;
    private final List<String> around = new ArrayList<>();
    private final Set<String> ways = new LinkedHashSet<>();
    private int found;

    StoringLoops(Outline outline) {
        this.outline = outline;
    }

    /** The loop, which stores, in another way; empty if it stays as it is. */
    abstract Optional<Step> loop(Step.Loop loop, Known known);

    /** What became of the loop that was rewritten last, in words. */
    abstract String way(Step.Loop loop);

    /** The same for statements one after the other. */
    Optional<List<Step>> statements(List<Step> steps, Known known) {
        return Optional.empty();
    }

    /** What became of statements. */
    final void found(String way) {
        found++;
        ways.add(way);
    }

    /** What became of the nest, in words. */
    public final String plan() {
        return String.join(", ", ways);
    }

    /** Nest with its loops rewritten; empty if none is. */
    final Optional<Step> rewritten(Step nest, Known known) {
        Step rewritten = step(nest, known);
        return ways.isEmpty() ? Optional.empty() : Optional.of(rewritten);
    }

    private Step step(Step s, Known known) {
        if (s instanceof Step.Block b) {
            return statements(b.steps(), known)
                    .map(steps -> (Step) new Step.Block(steps))
                    .orElseGet(() -> new Step.Block(
                            b.steps().stream().map(each -> step(each, known)).toList()));
        }
        if (s instanceof Step.If i) {
            return new Step.If(
                    i.test(), step(i.then(), known), i.otherwise() == null ? null : step(i.otherwise(), known));
        }
        if (!(s instanceof Step.Loop l)) {
            return s;
        }
        if (Steps.list(l.body()).stream().anyMatch(StoringLoops::writes)) {
            Optional<Step> other = loop(l, known);
            if (other.isPresent()) {
                found(way(l));
                return other.get();
            }
        }
        around.add(l.var());
        Known inside = known.within(List.of(new Range(l.var(), l.lo(), l.hi())));
        Optional<Step.If> rows = ClearRows.apply(l);
        int before = found;
        Step body = rows.isPresent() ? rows(rows.get(), inside) : step(l.body(), inside);
        if (rows.isPresent() && found > before) {
            ways.add("a method for each kind of rows");
        } else if (rows.isPresent()) {
            body = l.body();
        }
        around.remove(around.size() - 1);
        return new Step.Loop(l.var(), l.lo(), l.hi(), l.by(), body);
    }

    /** A method for each kind of rows: in one, they would be too much for the compiler. */
    private Step rows(Step.If kinds, Known known) {
        Step otherwise = Objects.requireNonNull(kinds.otherwise());
        Step rest = otherwise instanceof Step.If i ? rows(i, known) : outlined(otherwise, known);
        return new Step.If(kinds.test(), outlined(kinds.then(), known), rest);
    }

    private Step outlined(Step row, Known known) {
        Step rewritten = step(row, known);
        Set<String> mentioned = new LinkedHashSet<>();
        Steps.integers(rewritten).forEach(e -> mentioned.addAll(e.variables()));
        return outline.call(
                rewritten, around.stream().filter(mentioned::contains).toList());
    }

    private static boolean writes(Step s) {
        return s instanceof Step.Store || s instanceof Step.Accumulate;
    }
}
