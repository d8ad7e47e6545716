package dev.adjoint.maven;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;

/**
 * Diagnostics as an editor shows them, beside the line that they are about. On the command line there is no editor, and
 * Maven's stand-in for one would log every diagnostic a second time: there it is not told of any.
 */
final class Markers {
    private final BuildContext context;
    private final boolean shown;

    /** @param legacy what the context hands everything on to, unless an editor has replaced the context itself */
    Markers(BuildContext context, org.sonatype.plexus.build.incremental.BuildContext legacy) {
        this.context = context;
        this.shown = !(context instanceof DefaultBuildContext)
                || !(legacy instanceof org.sonatype.plexus.build.incremental.DefaultBuildContext);
    }

    /** Forgets what an earlier run said of the specs of a directory. */
    void clear(Path specs) {
        if (!shown || !Files.isDirectory(specs)) {
            return;
        }
        try (Stream<Path> files = Files.walk(specs)) {
            files.filter(Files::isRegularFile).forEach(file -> context.removeMessages(file.toFile()));
        } catch (IOException e) {
            // The run that follows tells what cannot be read.
        }
    }

    void add(Diagnostic diagnostic, String text) {
        Place place = diagnostic.place();
        if (!shown || place == null || diagnostic.severity() == Diagnostic.Severity.NOTE) {
            return;
        }
        int severity = diagnostic.isError() ? BuildContext.SEVERITY_ERROR : BuildContext.SEVERITY_WARNING;
        context.addMessage(new File(place.file()), place.line(), place.column(), text, severity, null);
    }

    /** Has the editor look at a directory again. */
    void refresh(File directory) {
        context.refresh(directory);
    }
}
