package dev.adjoint.transform;

import dev.adjoint.expr.Fun;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A lowered loop nest in vectors: {@linkplain Flatten loops over neighbours become one}, then the loop around a store
 * takes {@linkplain LaneLoops a vector of results a round}, or the sums in it {@linkplain LaneSums a vector of terms}.
 */
public final class Vectorize extends StoringLoops {
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
        super(outline);
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
        return rewritten(new Flatten().step(nest), known);
    }

    @Override
    Optional<Step> loop(Step.Loop loop, Known known) {
        return loops.of(loop, known);
    }

    @Override
    String way(Step.Loop loop) {
        return "vectors along " + loop.var() + (loops.edges() ? ", edges apart" : "");
    }

    @Override
    Optional<List<Step>> statements(List<Step> steps, Known known) {
        Optional<List<Step>> summed = sums.of(steps, known);
        summed.ifPresent(s -> found("sums in lanes"));
        return summed.map(all -> all.stream().map(writing).toList());
    }
}
