package dev.adjoint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FixedReadsTest {
    private static final IntExpr D = IntExpr.var("d");
    private static final IntExpr C = IntExpr.var("c");
    private static final Buffer INPUT = buffer("input");
    private static final Buffer WEIGHTS = buffer("weights");
    private static final Buffer TARGET = buffer("target");

    @Test
    void aPlaceThatTheIndexMovesIsNotFixed() {
        Step body = over("c", IntExpr.of(8), fma(C, D.times(8).plus(C)));
        assertThat(FixedReads.of(body, Set.of("d")))
                .as("input[c] is the same for all d, weights[8*d+c] is not")
                .containsExactly(INPUT);
    }

    @Test
    void whatIsReadAtBothKindsOfPlacesIsNotFixed() {
        Step body = new Step.Block(List.of(fma(C, C), fma(D, C)));
        assertThat(FixedReads.of(body, Set.of("d"))).as("input[c] and input[d]").containsExactly(WEIGHTS);
    }

    @Test
    void boundsAndNamesThatFollowTheIndexMoveWithIt() {
        Step bounds = new Step.Loop("c", D, D.plus(4), IntExpr.ONE, fma(C, IntExpr.ZERO));
        assertThat(FixedReads.of(bounds, Set.of("d")))
                .as("input[c] for d <= c < d+4")
                .containsExactly(WEIGHTS);
        Step named = new Step.Block(
                List.of(new Step.DeclareInt("at", D.times(3), false), fma(IntExpr.var("at"), IntExpr.ZERO)));
        assertThat(FixedReads.of(named, Set.of("d")))
                .as("input[at] for at = 3*d")
                .containsExactly(WEIGHTS);
    }

    @Test
    void argumentsOfARoutineMoveItsPlaces() {
        Routine routine =
                new Routine("block", List.of(), List.of(INPUT, WEIGHTS, TARGET), List.of("c", "d"), fma(C, D.plus(C)));
        Step call = new Step.Call(routine, List.of(IntExpr.ZERO, D.times(8)));
        assertThat(FixedReads.of(call, Set.of("d")))
                .as("input[c] for c = 0, weights[d+c] for d = 8*d")
                .containsExactly(INPUT);
        Step swapped = new Step.Call(routine, List.of(D.times(8), IntExpr.ZERO));
        assertThat(FixedReads.of(swapped, Set.of("d")))
                .as("input[c] and weights[d+c] for c = 8*d")
                .isEmpty();
    }

    private static Step over(String index, IntExpr end, Step body) {
        return new Step.Loop(index, IntExpr.ZERO, end, IntExpr.ONE, body);
    }

    /** {@code target[0] = input[at] * weights[with]}. */
    private static Step fma(IntExpr at, IntExpr with) {
        return new Step.Store(
                TARGET,
                IntExpr.ZERO,
                new Real.Binary(Real.Op.MUL, new Real.Load(INPUT, at), new Real.Load(WEIGHTS, with)));
    }

    private static Buffer buffer(String name) {
        return new Buffer(name, Buffer.Role.SCRATCH, false, List.of(IntExpr.of(64)));
    }
}
