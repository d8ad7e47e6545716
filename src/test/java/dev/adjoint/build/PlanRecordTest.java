package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record of plans says again what was read, changes for one class alone, and refuses what it cannot read. */
class PlanRecordTest {
    private static final String TEXT = """
            # The plans of conv.layer.

            # measured: the model's choice, of 3 plans
            A.x: vectors of o, blocks of 2 d
            # On our server this one is faster.
            # measured: 1.20 times as fast
            A.gradW: sums by lanes

            # Ours.
            C.x: vectors of δ (as it lies)
            # At the end.
            """;

    private static final List<String> CLASSES = List.of("A", "B", "C");

    private static PlanRecord read(String text) {
        return PlanRecord.parse(text, "conv.plans");
    }

    private static PlanRecord.Found found(String tensor, String plan) {
        return new PlanRecord.Found(tensor, plan, "now");
    }

    @Test
    void whatIsReadIsPrintedAgain() {
        assertThat(read(TEXT).print()).isEqualTo(TEXT);
        assertThat(read("").print()).isEmpty();
        assertThat(read(TEXT).of("A", "gradW").orElseThrow().plan()).isEqualTo("sums by lanes");
        assertThat(read(TEXT).of("C", "x").orElseThrow().place()).hasToString("conv.plans:10:1");
        assertThat(read(TEXT).of("B", "x")).isEmpty();
    }

    @Test
    void aPlanThatIsChosenAgainLeavesItsLinesAsTheyWere() {
        List<PlanRecord.Found> same =
                List.of(found("x", "vectors of o, blocks of 2 d"), found("gradW", "sums by lanes"));
        assertThat(read(TEXT).with("A", same, List.of("x", "gradW"), CLASSES).print())
                .isEqualTo(TEXT);
    }

    @Test
    void anotherPlanTakesThePlaceOfTheOldAndCommentsOfPeopleStay() {
        String after = read(TEXT)
                .with("A", List.of(found("gradW", "other")), List.of("x", "gradW"), CLASSES)
                .print();
        assertThat(after).isEqualTo(TEXT.replace("# measured: 1.20 times as fast\nA.gradW: sums by lanes", """
                        # measured: now
                        A.gradW: other"""));
    }

    @Test
    void aNewClassStandsWhereTheSpecHasIt() {
        String after = read(TEXT)
                .with("B", List.of(found("x", "p")), List.of("x"), CLASSES)
                .print();
        assertThat(after).isEqualTo(TEXT.replace("lanes\n\n# Ours", "lanes\n\n# measured: now\nB.x: p\n\n# Ours"));
        String alone = PlanRecord.EMPTY
                .with("B", List.of(found("x", "p")), List.of("x"), CLASSES)
                .print();
        assertThat(alone).isEqualTo("# measured: now\nB.x: p\n");
    }

    @Test
    void whatIsSaidOfATensorThatIsGoneGoesButForCommentsOfPeople() {
        String after = read(TEXT).with("A", List.of(), List.of("x"), CLASSES).print();
        assertThat(after).isEqualTo("""
                        # The plans of conv.layer.

                        # measured: the model's choice, of 3 plans
                        A.x: vectors of o, blocks of 2 d

                        # Ours.
                        C.x: vectors of δ (as it lies)
                        # On our server this one is faster.
                        # At the end.
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.x", "A: plan", "A.x:", "A.x.y: plan", "<<<<<<< HEAD", "plan"})
    void aLineThatIsNoChoiceIsAnError(String line) {
        List<Diagnostic> told = refused("# head\n\nA.w: plan\n  " + line + "\n");
        assertThat(told).singleElement().satisfies(d -> {
            assertThat(d.code()).isEqualTo("B021");
            assertThat(d.isError()).isTrue();
            assertThat(String.valueOf(d.place())).startsWith("conv.plans:4:");
        });
    }

    @Test
    void twoPlansForOneTensorAreAnErrorAndAllErrorsAreTold() {
        List<Diagnostic> told = refused("A.x: p\nnonsense\n\nA.x: q\n");
        assertThat(told).extracting(Diagnostic::code).containsExactly("B021", "B021");
        assertThat(told.get(1).place()).hasToString("conv.plans:4:1");
        assertThat(told.get(1).notes().get(0).place()).hasToString("conv.plans:1:1");
    }

    private static List<Diagnostic> refused(String text) {
        AdjointException refused = catchThrowableOfType(AdjointException.class, () -> read(text));
        assertThat(refused).as("it is refused").isNotNull();
        return refused.diagnostics();
    }
}
