package dev.adjoint.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edits are those that the grammar allows, all of them, and drawn the same for the same seed. */
class EditsTest {
    private static final List<Seed> SPECS = Seeds.below(Path.of("specs"));
    private static final List<Seed> SHAPES = Seeds.below(Path.of("src/test/resources/adjoint/mutation"));

    /** Every kind of edit, by verb. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "delete",
                    List.of(
                            "bound",
                            "choice",
                            "condition",
                            "definition",
                            "derivative",
                            "extremum",
                            "factor",
                            "function",
                            "negation",
                            "operand",
                            "pad",
                            "pad value",
                            "parentheses",
                            "power",
                            "prime",
                            "range",
                            "reduction",
                            "term"),
            "duplicate", List.of("factor", "term"),
            "insert",
                    List.of(
                            "+ in integer",
                            "- in integer",
                            "* in integer",
                            "/ in integer",
                            "div in integer",
                            "mod in integer",
                            "^ in integer",
                            "max in integer",
                            "min in integer",
                            "+ in value",
                            "- in value",
                            "* in value",
                            "/ in value",
                            "div in value",
                            "mod in value",
                            "^ in value",
                            "max in value",
                            "min in value",
                            "bound",
                            "condition",
                            "pad value",
                            "prime",
                            "range"),
            "replace",
                    List.of(
                            "*",
                            "+",
                            "-",
                            "/",
                            "^",
                            "div",
                            "mod",
                            "max",
                            "min",
                            "connective",
                            "constant",
                            "definition",
                            "function",
                            "index",
                            "number",
                            "reduction",
                            "relation",
                            "relation of range",
                            "size",
                            "subtree",
                            "tensor"),
            "swap",
                    List.of(
                            "arguments",
                            "base and exponent",
                            "conditions",
                            "factors",
                            "indices",
                            "ranges",
                            "sides of choice",
                            "sides of comparison",
                            "sides of derivative",
                            "terms"),
            "wrap",
                    List.of(
                            "in choice",
                            "in definition",
                            "in derivative",
                            "in function",
                            "in negation",
                            "in pad",
                            "in reduction"));

    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            value = {
                "(a + b) * c - d / (2 * f'(x))^-2 → (a + b) * c - d / (2 * f'(x))^-2",
                "sum[0 <= i < N, j](pad(w[i, :], -inf) * [i == j && !(k < l)]) → "
                        + "sum[0 <= i < N, j](pad(w[i, :], -inf) * [i == j && !k < l])",
                "x > 0 ? d(grad w[m]) / d(w[n]) : rot(w)[m - (1 - n)] → x > 0 ? d(grad w[m]) / d(w[n]) : rot(w)[m - (1 - n)]",
                "((a * b)) / (c / d) → (a * b) / (c / d)",
            })
    void whatIsReadIsPrintedWithTheParenthesesThatItNeeds(String written, String printed) {
        assertThat(TreeReader.read(written)).hasToString(printed);
        assertThat(TreeReader.read(printed)).isEqualTo(TreeReader.read(written));
    }

    @Test
    void everyClaimIsReadAsItWasWritten() {
        for (Seed seed : all()) {
            String written = seed.claim().text().replaceFirst("^claim ", "");
            String right = written.substring(written.indexOf(" = ") + 3);
            assertThat(TreeReader.read(right)).as(seed.title()).isEqualTo(seed.right());
            assertThat(seed.read(seed.right()).orElseThrow().claims().get(0).right())
                    .as(seed.title())
                    .isEqualTo(seed.claim().right());
        }
        assertThat(SPECS).as("the claims of specs/").hasSizeGreaterThan(20);
    }

    @Test
    void everyKindOfEditIsFoundAndTheLanguageAcceptsSomeOfEach() {
        Map<String, Edit> found = new TreeMap<>();
        Set<String> accepted = new HashSet<>();
        Stream<Seed> grammar = Seeds.of("grammar.layer", """
                        layer Grammar[N, M] {
                            function f
                            input x[N]
                            const a[N, N]
                            output y[i < N] = x[i]
                            claim grad x[i] = sum[1 <= j < N, k < N](f'(pad(x[j - i div 2], 1)) * a[j,k]^2 * [0 < i < M && !(k == j) || i < k])
                                + (i < 1 ? d(f(x[i])^2) / d(x[i]) : max(stop(-a[i,0]), 1)) - flip(x)[max(i mod 2, 0)] / N
                            claim grad x[i] = sum[j](both(x, flip(x))[j] * pad(x[j-1])) + min(x[i], pi)
                                - sum[j < N, u < M](pad(x[j])) * sum[u < M](x[i]) * d(x[i]) / d(x[0])
                        }
                        def flip(v[L])[i < L] = v[L-1-i]
                        def turn(v[L])[i < L] = v[(i + 1) mod L]
                        def both(v[L], u[L])[i < L] = v[i] + u[i]
                        """).stream();
        for (Seed seed : Stream.concat(grammar, SHAPES.stream()).toList()) {
            for (Edit edit : seed.edits(seed.right()).all()) {
                found.putIfAbsent(edit.kind(), edit);
                if (!accepted.contains(edit.kind())
                        && seed.mutant(List.of(edit)).isPresent()) {
                    accepted.add(edit.kind());
                }
            }
        }
        List<String> expected = KINDS.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(kind -> e.getKey() + " " + kind))
                .sorted()
                .toList();
        assertThat(found.keySet()).as("the kinds of edits").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(accepted).as("the kinds that give claims").containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void anEditedNodeIsAnotherOne() {
        Seed seed = SPECS.get(0);
        Set<String> outcomes = new HashSet<>();
        for (Edit edit : seed.edits(seed.right()).all()) {
            assertThat(edit.tree()).as(edit.toString()).isNotEqualTo(seed.right());
            assertThat(outcomes.add(edit.tree().toString()))
                    .as("%s, once", edit)
                    .isTrue();
            assertThat(TreeReader.read(edit.tree().toString()).toString())
                    .as(edit.toString())
                    .isEqualTo(edit.tree().toString());
        }
    }

    @Test
    void drawsAreDeterministicDifferentAndOfEverySort() {
        List<String> drawn = new ArrayList<>();
        for (int edits = 1; edits <= 2; edits++) {
            Mutations mutations = new Mutations(SPECS, 5);
            List<Mutant> these = mutations.draw(30, edits);
            List<Mutant> again = new Mutations(SPECS, 5).draw(8, edits);
            assertThat(again)
                    .as("the draws of one seed")
                    .map(Mutant::toString)
                    .isEqualTo(
                            these.subList(0, 8).stream().map(Mutant::toString).toList());
            assertThat(these.stream()
                            .map(m -> m.layer().name() + m.claim().text())
                            .distinct())
                    .as("different claims")
                    .hasSize(30);
            assertThat(mutations.acceptance())
                    .as("the share of claims with %d edits that the language accepts", edits)
                    .isBetween(0.15, 0.95);
            these.forEach(m -> m.edits().forEach(e -> drawn.add(e.kind())));
        }
        assertThat(drawn.stream().map(kind -> kind.substring(0, kind.indexOf(' '))))
                .as("what is done to claims; few nodes have parts to duplicate")
                .contains("delete", "insert", "replace", "swap", "wrap");
    }

    private static List<Seed> all() {
        return Stream.concat(SPECS.stream(), SHAPES.stream()).toList();
    }
}
