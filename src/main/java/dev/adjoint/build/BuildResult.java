package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run did.
 *
 * @param layers in the order of specs and of their text; empty if nothing had changed since the last run
 * @param upToDate whether nothing had changed, so that nothing was done
 */
public record BuildResult(
        List<LayerResult> layers, Changes changes, List<Diagnostic> warnings, boolean upToDate, Duration time) {
    public BuildResult {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    /** Every class, in the order of layers. */
    public Stream<ClassResult> classes() {
        return layers.stream().flatMap(layer -> layer.classes().stream());
    }

    /** What failed its check, and why; if there is any, nothing was written. */
    public List<Diagnostic> failures() {
        return classes()
                .flatMap(c -> c.check().stream()
                        .flatMap(report -> report.failures().stream())
                        .map(failure -> Diagnostic.error("B020", c.place(), c.name() + " fails its check: " + failure)))
                .toList();
    }
}
