package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Generate.Options.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The check itself put to the test, with a class written by hand: right ones pass, wrong ones do not. */
class CheckerTest {
    private static final CheckSettings SETTINGS = CheckSettings.DEFAULT.withWorkers(1);

    private static ClassReport check(Subject subject, CheckSettings settings) {
        return new Checker(settings).check(List.of(subject)).get(0);
    }

    private static ClassReport check(String text, String replacement) {
        return check(Handmade.subject(Type.FLOAT, text, replacement), SETTINGS);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void aRightClassPasses(Type type) {
        ClassReport report = check(Handmade.subject(type, "", ""), SETTINGS);
        assertThat(report.failures()).isEmpty();
        assertThat(report.trials()).hasSizeBetween(10, 18);
        assertThat(report.largestError()).isLessThan(1e-9);
        assertThat(report.largestNumericError()).isLessThan(1e-8);
        assertThat(report.trials().get(0).comparisons())
                .filteredOn(c -> c.reference() == ClassReport.Reference.NUMERIC)
                .hasSize(2)
                .allMatch(c -> c.compared() == c.entries());
        assertThat(report.largestFloatError()).isLessThan(1e-5);
        assertThat(report.largestFloatError() > 0).isEqualTo(type == Type.FLOAT);
        assertThat(report.kinks()).isZero();
    }

    @Test
    void sizesArePairwiseDifferentAndOneIsAmongThem() {
        ClassReport report = check(Handmade.subject(), SETTINGS);
        for (ClassReport.Trial trial : report.trials()) {
            long n = trial.sizes().get("N");
            long k = trial.sizes().get("K");
            if (k > 1 && n > k) {
                assertThat(List.of(n, k, n - k + 1)).doesNotHaveDuplicates();
            }
        }
        assertThat(report.trials()).anyMatch(t -> t.sizes().containsValue(1L));
    }

    /** A fault planted in the class, and the words that tell of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "m < K; m++                    @ m < K - 1; m++            @ x[",
                "int i = 0; i < M; i++         @ int i = M / 3; i < M; i++   @ gradW[",
                "delta[i] * o[i + m]           @ delta[i] * o[i + K - 1 - m] @ gradW[",
                "Math.min(K, p + 1)            @ Math.min(K, p)            @ gradO[",
                "Math.max(0, p - M + 1)        @ Math.max(0, p - M + 2)    @ gradO[",
                "gradO[p] = sum                @ gradO[p] += sum           @ gradO[",
                "gradW[m] = sum                @ gradW[m] = -sum           @ gradW[",
                "gradW[m] = sum                @ gradW[m] = 2 * sum        @ gradW[",
                "delta[p - m] * w[m]           @ delta[p - m] * w[0]       @ gradO[",
                "check(w.length, K)            @ check(0, 0)               @ accepts argument 2",
                "apart(gradO, delta, o, w, gradW); @ calls++;              @ accepts the same array",
                "calls++;                      @ gradW[0] = o[0]++;        @ wrote into an argument",
                "calls++;                      @ if (calls++ > 0) { delta = delta.clone(); delta[0] += 1; } @ another result",
                "N < 1 || K < 1                @ K < 1 && N < 1             @ the constructor",
                "int lengthO() {               @ int lengthO() { if (N > 0) { return 1; } @ lengthO() is 1",
                "IllegalArgumentException(\"length @ IllegalStateException(\"length @ IllegalStateException",
            })
    void aFaultIsCaught(String text, String replacement, String words) {
        ClassReport report = check(text, replacement);
        assertThat(report.failures()).isNotEmpty();
        assertThat(report.failures()).anyMatch(f -> f.contains(words));
    }

    @Test
    void aGradientOfZerosOrOfNaNIsCaught() {
        for (String wrong : List.of("gradW[m] = 0 * sum", "gradW[m] = sum / 0 * 0")) {
            assertThat(check("gradW[m] = sum", wrong).failures()).anyMatch(f -> f.contains("gradW["));
        }
    }

    @Test
    void eachSizeIsEvenAtOneTrialAndOddAtAnotherAndOneIsLong() {
        List<ClassReport.Trial> trials = check(Handmade.subject(), SETTINGS).trials();
        for (String size : List.of("N", "K")) {
            assertThat(trials.stream().map(t -> t.sizes().get(size) % 2).distinct())
                    .as("parities of %s in %s", size, trials)
                    .hasSize(2);
        }
        assertThat(trials).anyMatch(t -> t.sizes().get("N") >= 17);
    }

    @Test
    void cornersOfALargeTensorAreAlwaysInTheSample() {
        int[] sample = Setup.sample(new long[] {50, 40, 30}, 200, new java.util.Random(3));
        assertThat(sample).hasSizeBetween(50, 200).contains(0, 50 * 40 * 30 - 1).isSorted();
        assertThat(java.util.Arrays.stream(sample).filter(k -> k % 30 == 29 || k % 30 == 0))
                .as("entries at the border of the last axis")
                .hasSizeGreaterThan(sample.length / 2);
    }

    @Test
    void aFaultInFloatAloneIsCaught() {
        Subject right = Handmade.subject();
        Subject wrong = Handmade.subject(Type.FLOAT, "gradW[m] = sum", "gradW[m] = sum * 1.01f");
        ClassReport report =
                check(new Subject(right.generate(), right.derivation(), wrong.sources(), right.twin()), SETTINGS);
        assertThat(report.failures()).anyMatch(f -> f.contains("in double"));
    }

    @Test
    void aWrongDerivationIsToldFromAWrongClass() {
        ClassReport report = check("sum += delta[i] * o[i + m]", "sum += 2 * delta[i] * o[i + m]");
        assertThat(report.failures()).anyMatch(f -> f.contains("derived formula"));
        assertThat(report.failures()).anyMatch(f -> f.contains("numeric") && f.contains("N="));
    }

    @Test
    void aClassThatHangsHasFailedAndTheNextIsCheckedAllTheSame() {
        Subject hangs = Handmade.subject(Type.FLOAT, "calls++;", "while (calls == 0) { o[0]++; }");
        List<ClassReport> reports = new Checker(SETTINGS.withTimeout(Duration.ofSeconds(2)))
                .check(List.of(hangs, Handmade.subject(Type.DOUBLE, "", "")));
        assertThat(reports.get(0).failures()).anyMatch(f -> f.contains("no answer within 2 s"));
        assertThat(reports.get(1).failures()).isEmpty();
    }

    @Test
    void aClassThatExhaustsTheHeapHasFailedAndTheNextIsCheckedAllTheSame() {
        Subject greedy = Handmade.subject(
                Type.FLOAT, "calls++;", "long[] much = new long[1 << 28]; much[calls] = 1; calls = (int) much[0];");
        List<ClassReport> reports = new Checker(SETTINGS.withJvmFlags(List.of("-Xmx64m")))
                .check(List.of(greedy, Handmade.subject(Type.DOUBLE, "", "")));
        assertThat(reports.get(0).failures()).anyMatch(f -> f.contains("the heap was exhausted"));
        assertThat(reports.get(1).failures()).isEmpty();
    }

    @Test
    void aClassThatEndsItsJvmHasFailed() {
        assertThat(check("calls++;", "System.exit(3);").failures()).anyMatch(f -> f.contains("the JVM"));
    }

    @Test
    void aClassThatPrintsDisturbsNothing() {
        assertThat(check("calls++;", "System.out.println(\"hello\");").failures())
                .isEmpty();
    }

    @Test
    void flagsThatTheJvmDoesNotKnowAreReported() {
        ClassReport report = check(Handmade.subject(), SETTINGS.withJvmFlags(List.of("-XX:+NoSuchFlag")));
        assertThat(report.failures()).anyMatch(f -> f.contains("NoSuchFlag"));
    }

    @Test
    void anErrorOfTheCompilerIsToldWithItsLine() {
        assertThat(check("calls++;", "calls++").failures())
                .anyMatch(f -> f.contains("acme/Slide.java:73: ';' expected"));
    }

    @Test
    void aWarningIsAFailure() {
        assertThat(check("calls++;", "java.util.List raw = null; calls += raw == null ? 1 : 0;")
                        .failures())
                .anyMatch(f -> f.contains("raw type"));
    }

    @Test
    void aFaultyFileDoesNotHideTheOthers() {
        Subject broken = Handmade.subject(Type.FLOAT, "calls++;", "calls++");
        Subject right = Handmade.named("Glide");
        List<ClassReport> reports = new Checker(SETTINGS).check(List.of(broken, right));
        assertThat(reports.get(0).failures()).hasSize(1);
        assertThat(reports.get(1).failures()).isEmpty();
    }

    @Test
    void theSameSeedChecksTheSame() {
        ClassReport once = check(Handmade.subject(), SETTINGS.withSeed(7));
        ClassReport again = check(Handmade.subject(), SETTINGS.withSeed(7));
        assertThat(again.trials()).isEqualTo(once.trials());
        assertThat(check(Handmade.subject(), SETTINGS.withSeed(8)).trials()).isNotEqualTo(once.trials());
    }

    @Test
    void reportsComeInTheOrderOfTheirSubjectsAndProgressTellsEach() {
        List<String> told = new ArrayList<>();
        List<ClassReport> reports =
                new Checker(SETTINGS).check(List.of(Handmade.subject()), r -> told.add(r.className()));
        assertThat(told).containsExactly("acme.Slide");
        assertThat(reports).hasSize(1);
    }

    @Test
    void aJavaWithoutCompilerIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> Compilation.compiler(null)).isInstanceOfSatisfying(AdjointException.class, e -> {
            assertThat(e.diagnostics().get(0).code()).isEqualTo("C001");
            assertThat(e.diagnostics().get(0).help()).contains("JDK");
        });
    }
}
