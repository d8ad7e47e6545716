package dev.adjoint.report;

import dev.adjoint.derive.Derivation;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a page says of one layer.
 *
 * @param spec the file that the layer stands in, as it is named on the page
 * @param verdicts of its claims, as far as they were judged
 * @param source a class that was emitted of it; empty if there is none
 */
public record LayerReport(Derivation derivation, String spec, List<Verdict> verdicts, Optional<SourceFile> source) {
    public LayerReport {
        verdicts = List.copyOf(verdicts);
    }

    public Layer layer() {
        return derivation.layer();
    }
}
