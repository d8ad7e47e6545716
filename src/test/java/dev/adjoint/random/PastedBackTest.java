package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ExactCheck;
import dev.adjoint.check.ExactReport;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is derived is printed in the language: pasted back into the layer as claims it is read again, each index has the
 * range that the derivation gave it, and it is the gradient still, exactly. What was read and is printed reads back as
 * the same tree. {@code -Dadjoint.random.seed} draws other layers.
 */
class PastedBackTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int LAYERS = 250;

    @Test
    void gradientsOfTheLibraryReadBackAsTheGradients() throws IOException {
        List<String> failures = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                for (Layer layer :
                        Specs.parse(file.toString(), text, Importers.library()).layers()) {
                    String opening = "layer " + layer.name() + "\\b[^{]*\\{";
                    failure(layer, claims -> text.replaceFirst("(" + opening + ")", "$1\n" + claims))
                            .ifPresent(failures::add);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void gradientsOfRandomLayersReadBackAsTheGradients() {
        List<RandomLayers.Drawn> drawn = LongStream.range(SEED, SEED + LAYERS)
                .mapToObj(seed -> RandomLayers.draw(seed, RandomLayers.Options.ALL))
                // In the language no equation reads an output.
                .filter(d -> !d.features().contains("reads an output"))
                .toList();
        List<String> failures = drawn.parallelStream()
                .flatMap(d -> {
                    String text = LayerText.print(d.layer());
                    int end = text.lastIndexOf('}');
                    return failure(d.layer(), claims -> text.substring(0, end) + claims + "}\n").stream();
                })
                .toList();
        System.out.println("seed " + SEED + ", " + drawn.size() + " random layers pasted back");
        assertThat(failures).isEmpty();
        assertThat(drawn).as("layers that read no output").hasSizeGreaterThan(LAYERS / 2);
    }

    private interface Pasting {
        String paste(String claims);
    }

    private static Optional<String> failure(Layer layer, Pasting into) {
        Derivation derivation = Derive.derive(layer);
        String claims = derivation.gradients().stream()
                .flatMap(g -> Stream.of(g.formula(), g.padded()).map(e -> claim(g.ref() + index(g.indices()), e)))
                .collect(Collectors.joining());
        String text = into.paste(claims);
        try {
            Layer read = named(text, layer.name());
            List<Claim> all =
                    read.claims().subList(0, 2 * derivation.gradients().size());
            List<Gradient> gradients = new ArrayList<>();
            for (int k = 0; k < derivation.gradients().size(); k++) {
                gradients.add(asRead(derivation.gradients().get(k), all.get(2 * k), all.get(2 * k + 1)));
            }
            ExactReport report = new ExactCheck(new ExactCheck.Settings(SEED, 2, 200, 1e4, 0))
                    .check(new Derivation(read, gradients));
            List<String> failures = new ArrayList<>(report.failures());
            failures.addAll(changed(read, all, into));
            return failures.isEmpty() ? Optional.empty() : Optional.of(text + String.join("\n", failures));
        } catch (AdjointException e) {
            return Optional.of(text + e.diagnostics());
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(text + e);
        }
    }

    private static Layer named(String text, String name) {
        return Specs.parse("pasted.layer", text, Importers.library()).layers().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String claim(String left, Expr right) {
        return "    claim " + left + " = " + Printer.print(right) + "\n";
    }

    private static String index(List<Range> indices) {
        return indices.isEmpty() ? "" : indices.stream().map(Range::name).collect(Collectors.joining(", ", "[", "]"));
    }

    private static Gradient asRead(Gradient derived, Claim formula, Claim padded) {
        assertThat(List.of(formula.indices(), padded.indices()))
                .as("the ranges of the indices of %s", derived.ref())
                .containsOnly(derived.indices());
        return new Gradient(
                derived.of(),
                derived.indices(),
                derived.raw(),
                List.of(readBack(derived.raw(), formula.right())),
                List.of(readBack(derived.raw(), padded.right())),
                formula.right(),
                padded.right(),
                derived.words());
    }

    /** All of a derivation in one step. */
    private static Step readBack(Expr raw, Expr formula) {
        return new Step("read back", "", raw, formula, raw, formula, "");
    }

    /** What is another tree when it is printed and read again. */
    private static List<String> changed(Layer read, List<Claim> claims, Pasting into) {
        String again = claims.stream()
                .map(c -> claim(Printer.print(c.left()), c.right()))
                .collect(Collectors.joining());
        Layer twice = named(into.paste(again), read.name());
        Layer reprinted = named(LayerText.print(read), read.name());
        List<String> changed = new ArrayList<>();
        for (int k = 0; k < claims.size(); k++) {
            compare(claims.get(k).right(), twice.claims().get(k).right(), changed);
        }
        for (Equation equation : read.equations()) {
            Equation other = reprinted.equations().stream()
                    .filter(e -> e.target().name().equals(equation.target().name()))
                    .findFirst()
                    .orElseThrow();
            compare(equation.rhs(), other.rhs(), changed);
        }
        return changed;
    }

    private static void compare(Expr first, Expr second, List<String> changed) {
        if (!first.equals(second)) {
            changed.add(Printer.print(first) + "\n  reads back as another tree, which prints " + Printer.print(second)
                    + "\n  " + first + "\n  " + second);
        }
    }
}
