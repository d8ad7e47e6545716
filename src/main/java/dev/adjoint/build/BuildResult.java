package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run did.
 *
 * @param layers in the order of specs and of their text; empty if nothing had changed since the last run
 * @param claims what was found of the claims; empty if they were not judged
 * @param upToDate whether nothing had changed, so that nothing was done
 */
public record BuildResult(
        List<LayerResult> layers,
        Optional<VerifyResult> claims,
        Changes changes,
        List<Diagnostic> warnings,
        boolean upToDate,
        Duration time) {
    public BuildResult {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    /** Nothing had changed since the last run. */
    static BuildResult nothing(List<Diagnostic> warnings, Duration time) {
        return new BuildResult(List.of(), Optional.empty(), Changes.NONE, warnings, true, time);
    }

    /** Every class, in the order of layers. */
    public Stream<ClassResult> classes() {
        return layers.stream().flatMap(layer -> layer.classes().stream());
    }

    /** Which claims are weaker than required, which classes failed their checks; if any, nothing was written. */
    public List<Diagnostic> failures() {
        Stream<Diagnostic> ofClaims =
                claims.stream().flatMap(c -> c.details().stream()).filter(Diagnostic::isError);
        Stream<Diagnostic> ofClasses = classes()
                .flatMap(c -> c.check().stream()
                        .flatMap(report -> report.failures().stream())
                        .map(failure ->
                                Diagnostic.error("B020", c.place(), c.name() + " fails its check: " + failure)));
        return Stream.concat(ofClaims, ofClasses).toList();
    }
}
