package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importer;
import dev.adjoint.lang.Specs;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A plan that fails, or computes something else, is told and never taken. */
class TunerTest {
    private static final String BODY = "public void forward(float[] o, float[] w, float[] x) {";

    private static Generate generate(String name, String factor) {
        String spec = "package t; layer L[N, M] { input o[M] param w[N, M] output x[i < N] = " + factor
                + "sum[j < M](w[i,j] * o[j]) } generate " + name + " = L[N = 16, M = 32] { target = vector }";
        return Specs.parse("l.layer", spec, Importer.NONE).generates().get(0);
    }

    private static Contest.Entrant entrant(String name, String factor, UnaryOperator<String> edit) {
        Generate generate = generate(name, factor);
        List<SourceFile> sources = Emitter.emit(generate, Derive.derive(generate.layer()), "l.layer").stream()
                .map(s -> new SourceFile(s.path(), edit.apply(s.text())))
                .toList();
        return new Contest.Entrant(name, "t." + name, sources);
    }

    private static UnaryOperator<String> beginning(String statement) {
        return text -> text.replace(BODY, BODY + statement);
    }

    @Test
    void whatFailsOrDiffersIsToldAndNotTaken() {
        List<Contest.Entrant> entrants = List.of(
                entrant("Model", "", UnaryOperator.identity()),
                entrant("Twice", "2 * ", UnaryOperator.identity()),
                entrant("Throws", "", beginning(" if (true) throw new IllegalStateException(\"planted\");")),
                entrant("Nonsense", "", beginning(" nonsense;")),
                entrant("Sound", "", UnaryOperator.identity()));
        Contest.Result result = run(entrants, -1);
        assertThat(result.failure()).isEmpty();
        assertThat(result.target()).startsWith("Vector API, ").endsWith(" lanes of float");
        assertThat(result.faults()).containsOnlyKeys(1, 2, 3);
        assertThat(result.faults().get(1)).startsWith("computes ").contains("and the model's choice");
        assertThat(result.faults().get(2)).contains("forward threw ", "planted");
        assertThat(result.faults().get(3)).startsWith("does not compile: t/Nonsense.java");
        assertThat(result.compared()).isEqualTo(2);
        assertThat(result.winner()).as("where any time is fast enough").isEqualTo(4);
        assertThat(result.speedup()).isPositive();
    }

    @Test
    void withoutTheModelsChoiceNothingIsDecided() {
        Contest.Result result = run(List.of(entrant("Nonsense", "", beginning(" nonsense;"))), -1);
        assertThat(result.failure()).startsWith("the model's choice does not compile");
        assertThat(result.winner()).isZero();
    }

    private static Contest.Result run(List<Contest.Entrant> entrants, double margin) {
        Generate generate = generate("L", "");
        return new Tuner(TuneSettings.DEFAULT.hasty().withMargin(margin))
                .run(new Contest(generate, Derive.derive(generate.layer()), Map.of(), "forward", entrants, 0));
    }
}
