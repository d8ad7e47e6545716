package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Printer;
import org.junit.jupiter.api.Test;

/** What each statement declares. */
class StatementsTest {
    @Test
    void tensorsHaveRolesShapesAndBounds() {
        Layer layer = Read.layer("""
                layer L[N, V = 7] {
                    input x[N, 2*N+1]
                    param w
                    const c[3]
                    const int t[N] < V
                    let s = w * c[0]
                    output y[i < N] = x[i, 0] * s + t[i]
                    output z = w
                }
                """);
        assertThat(layer.tensors())
                .extracting(
                        Tensor::name,
                        t -> t.role().name(),
                        t -> t.shape().toString(),
                        t -> t.limit().toString())
                .containsExactly(
                        tuple("x", "INPUT", "[N, 2*N+1]", "Optional.empty"),
                        tuple("w", "PARAM", "[]", "Optional.empty"),
                        tuple("c", "CONST", "[3]", "Optional.empty"),
                        tuple("t", "CONST", "[N]", "Optional[V]"),
                        tuple("s", "LET", "[]", "Optional.empty"),
                        tuple("y", "OUTPUT", "[N]", "Optional.empty"),
                        tuple("z", "OUTPUT", "[]", "Optional.empty"));
        assertThat(layer.differentiable()).extracting(Tensor::name).containsExactly("x", "w");
        assertThat(layer.sizes()).extracting(Size::name).containsExactly("N", "V");
        assertThat(layer.sizes().get(1).defaultValue()).hasValue(7);
    }

    @Test
    void equationsMayStandInAnyOrder() {
        Layer layer =
                Read.layer("layer L[N] { output y[i < N] = a[i] let a[i] = b[i] let b[i] = 2 * x[i] input x[N] }");
        assertThat(layer.equations()).extracting(e -> e.target().name()).containsExactly("b", "a", "y");
    }

    @Test
    void everyAxisHasAnEntry() {
        Layer layer = Read.layer("layer L[H, K] { input o[H] output x[i < H-K+1] = o[i] assume K >= 1 }");
        assertThat(layer.sizeDomain()
                        .implies(dev.adjoint.index.Constraint.le(
                                dev.adjoint.index.IntExpr.var("K"), dev.adjoint.index.IntExpr.var("H"))))
                .as("H-K+1 >= 1 is an assumption")
                .isTrue();
    }

    @Test
    void assumptionsAreOnSizesOrOnValues() {
        Layer layer = Read.layer("""
                layer L[C, G, K] {
                    assume C mod G == 0 && G >= 1
                    const t[K]
                    assume sum[k](t[k]) == 1
                    input x[C]
                    output y[c < C] = x[c] * t[0]
                }
                """);
        assertThat(layer.assumptions()).extracting(Printer::print).containsExactly("C mod G == 0", "G >= 1");
        assertThat(layer.valueAssumptions()).extracting(Printer::print).containsExactly("sum[k < K](t[k]) == 1");
    }

    @Test
    void anAssumptionMakesAReadLieInside() {
        String layer = "layer L[N, M] { %s input x[N] output y[i < M] = x[i] }";
        assertThat(Read.layer(layer.formatted("assume M <= N")).openReads()).isEmpty();
        assertThat(Read.mistakes(layer.formatted("")))
                .extracting(Diagnostic::help)
                .asString()
                .contains("assume N >= M");
    }

    @Test
    void theProverKnowsThatAQuotientRoundsDown() {
        SpecFile file = Read.file("layer L[H, K, S] { assume S >= 1 && 1 <= K <= H input o[H]"
                + " output x[i < (H-K) div S + 1] = sum[k < K](o[i*S + k]) }");
        assertThat(file.warnings()).isEmpty();
        assertThat(file.layers().get(0).openReads()).isEmpty();
    }

    @Test
    void anUndecidedReadIsCheckedWhereSizesAreKnown() {
        SpecFile file = Read.file("""
                layer Flat[A, B, N] {
                    assume N >= min(A*B, 40)
                    input x[N]
                    output y[i < A, j < B] = x[A*j + i]
                }
                generate Good = Flat[A = 2, B = 2, N = 4]
                generate Asks = Flat[A = 2, B = 30]
                generate Open = Flat
                """);
        assertThat(file.warnings())
                .extracting(Diagnostic::code, Diagnostic::help)
                .containsExactly(tuple("L041", "assume N >= A*B"));
        assertThat(file.generates().get(0).layer().openReads()).isEmpty();
        assertThat(file.generates().get(1).layer().openReads())
                .extracting(r -> Printer.print(r.inside()))
                .containsExactly("N >= 60");
        assertThat(file.generates().get(2).layer().openReads())
                .extracting(r -> Printer.print(r.inside()))
                .containsExactly("N >= A*B");
    }

    @Test
    void documentationBelongsToWhatFollows() {
        Layer layer = Read.layer("/** Not this. */\n/**\n * Two\n * lines.\n */\nlayer L { input x output y = x }");
        assertThat(layer.doc()).isEqualTo("Two\nlines.");
    }

    @Test
    void aVerificationNamesAMethodAndItsParameters() {
        Verification v = Read.layer(
                        "layer L[N] { input o[N] param w output x[i < N] = w * o[i]"
                                + " verify grad w by com.acme.Conv#backwardWeights(delta = dy, o = this.in, N = n, result = dw) }")
                .verifications()
                .get(0);
        assertThat(v.what()).hasToString("grad w");
        assertThat(v.className() + "#" + v.method()).isEqualTo("com.acme.Conv#backwardWeights");
        assertThat(v.parameters().toString()).isEqualTo("{delta=dy, o=this.in, N=n, result=dw}");
    }
}
