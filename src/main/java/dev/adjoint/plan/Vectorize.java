package dev.adjoint.plan;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A lowered loop nest in vectors: {@linkplain Flatten loops over neighbours become one}, then the loop around a store
 * takes {@linkplain LaneLoops a vector of results a round}, or the sums in it {@linkplain LaneSums a vector of terms}.
 */
final class Vectorize {
    /** What every vector computes by itself. */
    static final Set<Fun.Known> ARITHMETIC = Set.of(Fun.Known.ABS, Fun.Known.RELU, Fun.Known.SQRT);

    /** What vectors of single precision compute, some of it by methods of the emitted class. */
    static final Set<Fun.Known> SINGLE = Set.of(
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
    private final Set<String> ways = new LinkedHashSet<>();

    /**
     * @param functions those that vectors compute
     * @param fresh makes the name of a new local of a word
     * @param writing writes out short loops of a body
     * @param again whether entries may be computed twice: nothing that is read is overwritten
     */
    Vectorize(
            Set<Fun.Known> functions, UnaryOperator<String> fresh, UnaryOperator<Step> writing, boolean again) {
        this.loops = new LaneLoops(functions, fresh, writing, again);
        this.writing = writing;
        this.sums = new LaneSums(functions, fresh);
    }

    /**
     * The nest in vectors; empty if nothing of it is.
     *
     * @param known what is certain around it
     */
    Optional<Step> of(Step nest, Known known) {
        Step vectors = step(new Flatten().step(nest), known);
        return ways.isEmpty() ? Optional.empty() : Optional.of(vectors);
    }

    /** What became of the nest, in words. */
    String plan() {
        return String.join(", ", ways);
    }

    private Step step(Step s, Known known) {
        if (s instanceof Step.Block b) {
            return new Step.Block(statements(b.steps(), known));
        }
        if (s instanceof Step.If i) {
            return new Step.If(i.test(), step(i.then(), known), i.otherwise() == null ? null : step(i.otherwise(), known));
        }
        if (!(s instanceof Step.Loop l)) {
            return s;
        }
        if (Steps.list(l.body()).stream().anyMatch(Vectorize::writes)) {
            Optional<Step> vectors = loops.of(l, known);
            if (vectors.isPresent()) {
                ways.add("vectors along " + l.var() + (loops.edges() ? ", edges apart" : ""));
                return vectors.get();
            }
        }
        Known inside = known.within(List.of(new Range(l.var(), l.lo(), l.hi())));
        return new Step.Loop(l.var(), l.lo(), l.hi(), l.by(), step(l.body(), inside));
    }

    private static boolean writes(Step s) {
        return s instanceof Step.Store || s instanceof Step.Accumulate;
    }

    private List<Step> statements(List<Step> steps, Known known) {
        Optional<List<Step>> summed = sums.of(steps, known);
        if (summed.isPresent()) {
            ways.add("sums in lanes");
            return summed.get().stream().map(writing).toList();
        }
        List<Step> all = new ArrayList<>();
        steps.forEach(s -> all.add(step(s, known)));
        return all;
    }
}
