package dev.adjoint.maven;

import dev.adjoint.Adjoint;
import dev.adjoint.build.Changes;
import dev.adjoint.build.Selection;
import dev.adjoint.diagnostic.AdjointException;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.reporting.MavenReport;
import org.apache.maven.reporting.MavenReportException;
import org.codehaus.plexus.build.BuildContext;

/**
 * Writes a page for each layer of the project's specs, with the derivation of every gradient, every step with its
 * reason, and an index over them, <code>index.html</code>. Also a report of the project's site.
 */
@Mojo(name = "derive", threadSafe = true)
public final class DeriveMojo extends AbstractMojo implements MavenReport {
    private static final String FOLDER = "adjoint";

    /** The directory of the specs, files whose names end in <code>.layer</code>, in it or below it. */
    @Parameter(property = "adjoint.sourceDirectory", defaultValue = "${project.basedir}/src/main/adjoint")
    private File sourceDirectory;

    /** Where the pages are written; below the site's own directory if this is a report. */
    @Parameter(
            property = "adjoint.derivationDirectory",
            defaultValue = "${project.reporting.outputDirectory}/" + FOLDER)
    private File derivationDirectory;

    /** The layer, or the class that is generated of one, that is derived; all if left out. */
    @Parameter(property = "adjoint.layer")
    private String layer;

    /** Skips this goal and all others. */
    @Parameter(property = "adjoint.skip", defaultValue = "false")
    private boolean skip;

    private final Markers markers;

    @Inject
    DeriveMojo(BuildContext context, org.sonatype.plexus.build.incremental.BuildContext legacy) {
        this.markers = new Markers(context, legacy);
    }

    @Override
    public void execute() throws MojoFailureException {
        if (!canGenerateReport()) {
            getLog().info(skip ? "Derivation is skipped" : "No specs: there is no directory " + sourceDirectory);
            return;
        }
        write();
    }

    private void write() throws MojoFailureException {
        Messages messages = new Messages(getLog(), markers);
        try {
            List<Selection> found =
                    Adjoint.derive(sourceDirectory.toPath(), Optional.ofNullable(layer), Optional.empty());
            messages.show(found.stream().flatMap(s -> s.warnings().stream()).toList());
            Changes changes = Adjoint.write(found, derivationDirectory.toPath());
            getLog().info(found.size() + (found.size() == 1 ? " layer: " : " layers: ")
                    + changes.written().size() + " files written, "
                    + changes.unchanged().size() + " unchanged, "
                    + changes.deleted().size() + " deleted in " + derivationDirectory);
        } catch (AdjointException e) {
            messages.show(e.diagnostics());
            messages.throwIfErrors("; nothing was written");
        }
    }

    @Override
    public void generate(Sink sink, Locale locale) throws MavenReportException {
        try {
            write();
        } catch (MojoFailureException e) {
            throw new MavenReportException(e.getMessage(), e);
        }
    }

    /** The index over all pages, relative to the site. */
    @Override
    @SuppressWarnings("deprecation") // Its successor calls it.
    public String getOutputName() {
        return FOLDER + "/index";
    }

    @Override
    public String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public String getName(Locale locale) {
        return "Derivations";
    }

    @Override
    public String getDescription(Locale locale) {
        return "The gradients of the project's layers, derived step by step.";
    }

    @Override
    public void setReportOutputDirectory(File directory) {
        derivationDirectory = new File(directory, FOLDER);
    }

    @Override
    public File getReportOutputDirectory() {
        return derivationDirectory.getParentFile();
    }

    /** The pages are written here, not by the site. */
    @Override
    public boolean isExternalReport() {
        return true;
    }

    @Override
    public boolean canGenerateReport() {
        return !skip && sourceDirectory.exists();
    }
}
