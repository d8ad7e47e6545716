package dev.adjoint.report;

import dev.adjoint.diagnostic.CaretRenderer;
import dev.adjoint.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;

/** Verdicts for a person: the table, beneath it all there is to say of what was not proved, and a line that counts. */
public final class VerdictText {
    private VerdictText() {}

    /**
     * The whole text.
     *
     * @param require what passes
     * @param base what the names of files are shown relative to, if they are below it
     * @param times whether each row says how long it took
     */
    public static String of(
            List<Judgement> judgements, Require require, Path base, boolean times, CaretRenderer renderer) {
        if (judgements.isEmpty()) {
            return "0 claims; a hand derivation is stated in its layer, as `claim grad w[m] = …`\n";
        }
        List<Diagnostic> details = VerdictDetails.of(judgements, require);
        String table = VerdictTable.of(judgements, base, times);
        return table
                + (details.isEmpty() ? "" : "\n" + renderer.render(details))
                + "\n"
                + VerdictTable.summary(judgements)
                + "\n";
    }
}
