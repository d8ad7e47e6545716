package dev.adjoint.transform;

import dev.adjoint.expr.Fun;
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
import java.util.function.UnaryOperator;

/**
 * A lowered loop nest in vectors: {@linkplain Flatten loops over neighbours become one}, then the loop around a store
 * takes {@linkplain LaneLoops a vector of results a round}, or the sums in it {@linkplain LaneSums a vector of terms}.
 */
public final class Vectorize {
    /** Makes a method of its own of statements, and calls it. */
    public interface Outline {
        /** @param indices of the loops around that the statements mention */
        Step call(Step body, List<String> indices);
    }

    /** What every vector computes by itself. */
    public static final Set<Fun.Known> ARITHMETIC = Set.of(Fun.Known.ABS, Fun.Known.RELU, Fun.Known.SQRT);

    /** What vectors of single precision compute, some of it by methods of the emitted class. */
    public static final Set<Fun.Known> SINGLE = Set.of(
            Fun.Known.ABS,
            Fun.Known.RELU,
            Fun.Known.SQRT,
            Fun.Known.EXP,
            Fun.Known.LOG,
            Fun.Known.LOG1P,
            Fun.Known.TANH,
            Fun.Known.SIGMOID,
            Fun.Known.ERF);

    private final LaneLoops loops;
    private final LaneSums sums;
    private final UnaryOperator<Step> writing;
    private final Outline outline;
    private final List<String> around = new ArrayList<>();
    private final Set<String> ways = new LinkedHashSet<>();
    private int found;

    /**
     * @param functions those that vectors compute
     * @param fresh makes the name of a new local of a word
     * @param writing writes out short loops of a body
     * @param again whether entries may be computed twice: nothing that is read is overwritten
     * @param outline makes a method of rows
     */
    public Vectorize(
            Set<Fun.Known> functions,
            UnaryOperator<String> fresh,
            UnaryOperator<Step> writing,
            boolean again,
            Outline outline) {
        this.outline = outline;
        this.loops = new LaneLoops(functions, fresh, writing, again);
        this.writing = writing;
        this.sums = new LaneSums(functions, fresh);
    }

    /**
     * The nest in vectors; empty if nothing of it is.
     *
     * @param known what is certain around it
     */
    public Optional<Step> of(Step nest, Known known) {
        Step vectors = step(new Flatten().step(nest), known);
        return ways.isEmpty() ? Optional.empty() : Optional.of(vectors);
    }

    /** What became of the nest, in words. */
    public String plan() {
        return String.join(", ", ways);
    }

    private Step step(Step s, Known known) {
        if (s instanceof Step.Block b) {
            return new Step.Block(statements(b.steps(), known));
        }
        if (s instanceof Step.If i) {
            return new Step.If(
                    i.test(), step(i.then(), known), i.otherwise() == null ? null : step(i.otherwise(), known));
        }
        if (!(s instanceof Step.Loop l)) {
            return s;
        }
        if (Steps.list(l.body()).stream().anyMatch(Vectorize::writes)) {
            Optional<Step> vectors = loops.of(l, known);
            if (vectors.isPresent()) {
                found++;
                ways.add("vectors along " + l.var() + (loops.edges() ? ", edges apart" : ""));
                return vectors.get();
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
        Step vectors = step(row, known);
        Set<String> mentioned = new LinkedHashSet<>();
        Steps.integers(vectors).forEach(e -> mentioned.addAll(e.variables()));
        return outline.call(vectors, around.stream().filter(mentioned::contains).toList());
    }

    private static boolean writes(Step s) {
        return s instanceof Step.Store || s instanceof Step.Accumulate;
    }

    private List<Step> statements(List<Step> steps, Known known) {
        Optional<List<Step>> summed = sums.of(steps, known);
        if (summed.isPresent()) {
            found++;
            ways.add("sums in lanes");
            return summed.get().stream().map(writing).toList();
        }
        List<Step> all = new ArrayList<>();
        steps.forEach(s -> all.add(step(s, known)));
        return all;
    }
}
