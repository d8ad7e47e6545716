package dev.adjoint.maven;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.MavenLine;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Diagnostics as lines of the build's log and as markers in an editor, each once; then, if there are errors, the end. */
final class Messages {
    private static final Path HERE = Path.of("");

    private final Log log;
    private final Markers markers;
    private int errors;

    Messages(Log log, Markers markers) {
        this.log = log;
        this.markers = markers;
    }

    void show(List<Diagnostic> diagnostics) {
        Diagnostics distinct = new Diagnostics();
        distinct.addAll(diagnostics);
        for (Diagnostic diagnostic : distinct.list()) {
            String line = MavenLine.of(diagnostic, HERE);
            switch (diagnostic.severity()) {
                case ERROR -> {
                    log.error(line);
                    errors++;
                }
                case WARNING -> log.warn(line);
                case NOTE -> log.info(line);
            }
            markers.add(diagnostic, MavenLine.withoutPlace(diagnostic, HERE));
        }
    }

    /** @param consequence of an error, as {@code ; nothing was written}; empty if it has none but the end */
    void throwIfErrors(String consequence) throws MojoFailureException {
        if (errors > 0) {
            String count = errors == 1 ? "1 error, which is" : errors + " errors, which are";
            throw new MojoFailureException("Adjoint found " + count + " shown above" + consequence);
        }
    }
}
