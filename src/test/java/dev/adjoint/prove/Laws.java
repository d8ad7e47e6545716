package dev.adjoint.prove;

import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The claims of a file of the tests, each judged. */
final class Laws {
    private Laws() {}

    static Stream<DynamicTest> of(String file, Consumer<Verdict> check) {
        Path path = Path.of("src/test/resources/adjoint/prove", file);
        return Specs.load(path, Importers.library()).layers().stream()
                .flatMap(layer -> layer.claims().stream().map(claim -> test(layer, claim, check)));
    }

    private static DynamicTest test(Layer layer, Claim claim, Consumer<Verdict> check) {
        String title = layer.name() + ": " + Printer.print(claim.left()) + " = " + Printer.print(claim.right());
        return DynamicTest.dynamicTest(title, () -> check.accept(Prover.judge(layer, claim)));
    }
}
