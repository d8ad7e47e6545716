package dev.adjoint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which loops threads may share, where each has a block of its own: {@code sums}. */
class SharingTest {
    private static final IntExpr D = IntExpr.var("d");
    private static final IntExpr J = IntExpr.var("j");
    private static final IntExpr EIGHT = IntExpr.of(8);
    private static final Buffer INPUT = buffer("input", Buffer.Role.GIVEN);
    private static final Buffer SUMS = buffer("sums", Buffer.Role.BLOCK);
    private static final Buffer TARGET = buffer("target", Buffer.Role.RESULT);

    private static final Step BEGIN = new Step.Fill(SUMS, IntExpr.ZERO, EIGHT, Real.ZERO);
    private static final Step GO_ON =
            over("j", store(SUMS, J, plus(SUMS, J, INPUT, D.times(8).plus(J))));
    private static final Step END = over("j", store(TARGET, D.times(8).plus(J), new Real.Load(SUMS, J)));

    @Test
    void sumsThatBeginAndEndInAnIterationAreShared() {
        Step iteration = new Step.Block(List.of(BEGIN, GO_ON, END));
        assertThat(shares(over("d", iteration)))
                .as("target[d,j] = 0 + input[d,j], each sum in one iteration")
                .isEqualTo(1);
        assertThat(shares(over("d", new Step.Call(routine("inside", List.of("d"), iteration), List.of(D)))))
                .as("the same in a routine that the loop calls")
                .isEqualTo(1);
    }

    @Test
    void aLoopThatGoesOnWithSumsIsNotShared() {
        assertThat(shares(new Step.Block(List.of(BEGIN, over("d", GO_ON)))))
                .as("sums[j] = 0, then sums[j] += input[d,j] for each d: every thread would have a part of each sum")
                .isZero();
        Step called = new Step.Call(routine("inside", List.of("d"), GO_ON), List.of(D));
        assertThat(shares(new Step.Block(List.of(BEGIN, over("d", called)))))
                .as("the same in a routine that the loop calls")
                .isZero();
        Step stored = new Step.Block(List.of(store(SUMS, J, new Real.Load(INPUT, J)), over("d", GO_ON)));
        assertThat(shares(over("d", GO_ON))).as("sums that begin elsewhere").isZero();
        assertThat(shares(stored)).as("sums that begin with a term").isZero();
    }

    @Test
    void aLoopThatOnlyReadsABlockIsShared() {
        assertThat(shares(new Step.Block(List.of(BEGIN, over("d", END)))))
                .as("target[d,j] = sums[j], which all threads read from the caller's")
                .isEqualTo(1);
    }

    /** How many loops are shared, but for those inside of others. */
    private static int shares(Step body) {
        Sharing sharing = new Sharing(Map.of(), Known.of(Domain.of(List.of())), Set.of(), 1);
        Routine routine = routine("all", List.of(), body);
        sharing.take(List.of(routine));
        int[] found = {0};
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                found[0] += s instanceof Step.Share ? 1 : 0;
                return s instanceof Step.Share ? s : super.step(s);
            }
        }.step(sharing.routine(routine).body());
        return found[0];
    }

    private static Routine routine(String name, List<String> ints, Step body) {
        return new Routine(name, List.of(), List.of(INPUT, SUMS, TARGET), ints, body);
    }

    private static Step over(String index, Step body) {
        return new Step.Loop(index, IntExpr.ZERO, EIGHT, IntExpr.ONE, body);
    }

    private static Step store(Buffer buffer, IntExpr at, Real value) {
        return new Step.Store(buffer, at, value);
    }

    private static Real plus(Buffer left, IntExpr at, Buffer right, IntExpr other) {
        return new Real.Binary(Real.Op.ADD, new Real.Load(left, at), new Real.Load(right, other));
    }

    private static Buffer buffer(String name, Buffer.Role role) {
        return new Buffer(name, role, false, List.of(EIGHT, EIGHT));
    }
}
