package dev.adjoint.maven;

import dev.adjoint.Adjoint;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.build.BuildResult;
import dev.adjoint.build.Changes;
import dev.adjoint.diagnostic.AdjointException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.build.BuildContext;
import org.jspecify.annotations.Nullable;

/**
 * Generates the Java class of every <code>generate</code> statement of the project's layer specs, and has them
 * compiled with the project. Plans that were measured and recorded beside a spec, <code>conv.plans</code> beside
 * <code>conv.layer</code>, are taken. Does nothing if nothing has changed; deletes the classes of specs that are gone; never
 * overwrites a file that somebody edited. If a spec is wrong, all its errors are told and nothing is written.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {
    /** The directory of the specs, files whose names end in <code>.layer</code>, in it or below it. */
    @Parameter(property = "adjoint.sourceDirectory", defaultValue = "${project.basedir}/src/main/adjoint")
    private File sourceDirectory;

    /** Where the classes are written; a source root of the project. */
    @Parameter(
            property = "adjoint.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/adjoint")
    private File outputDirectory;

    /**
     * Whether every class is compiled, run in a JVM of its own and compared with exact and with numeric gradients
     * before anything is written. Takes some seconds whenever a spec has changed.
     */
    @Parameter(property = "adjoint.check", defaultValue = "false")
    private boolean check;

    /** Skips this goal and all others. What an earlier run has generated is compiled as it is. */
    @Parameter(property = "adjoint.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** What the compiler takes for its <code>--release</code>. */
    @Parameter(defaultValue = "${maven.compiler.release}", readonly = true)
    private @Nullable String release;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    private final Markers markers;

    @Inject
    GenerateMojo(BuildContext context, org.sonatype.plexus.build.incremental.BuildContext legacy) {
        this.markers = new Markers(context, legacy);
    }

    @Override
    public void execute() throws MojoFailureException {
        project.addCompileSourceRoot(outputDirectory.getAbsolutePath());
        if (skip) {
            getLog().info("Generation is skipped");
            return;
        }
        if (!sourceDirectory.exists()) {
            getLog().info("No specs: there is no directory " + sourceDirectory);
        }
        Messages messages = new Messages(getLog(), markers);
        markers.clear(sourceDirectory.toPath());
        try {
            BuildResult result = Adjoint.run(request());
            messages.show(result.warnings());
            messages.show(result.failures());
            messages.throwIfErrors("; nothing was written");
            tell(result);
            VectorFlags.fault(project, release, outputDirectory.toPath())
                    .ifPresent(fault -> messages.show(List.of(fault)));
            messages.throwIfErrors("");
        } catch (AdjointException e) {
            messages.show(e.diagnostics());
            messages.throwIfErrors("; nothing was written");
        }
        markers.refresh(outputDirectory);
    }

    private BuildRequest request() {
        Path record = Path.of(project.getBuild().getDirectory(), "adjoint", execution.getExecutionId() + ".sha256");
        BuildRequest request = BuildRequest.of(sourceDirectory.toPath())
                .orNone()
                .into(outputDirectory.toPath())
                .relativeTo(project.getBasedir().toPath())
                .recordedIn(record);
        return check ? request.checked() : request;
    }

    private void tell(BuildResult result) {
        Changes changes = result.changes();
        if (result.upToDate()) {
            getLog().info("Nothing to generate: all classes are up to date");
        } else if (!changes.equals(Changes.NONE)) {
            long classes = result.classes().count();
            getLog().info(classes + (classes == 1 ? " class" : " classes") + (check ? " checked: " : ": ")
                    + changes.written().size() + " written, "
                    + changes.unchanged().size() + " unchanged, "
                    + changes.deleted().size() + " deleted in " + outputDirectory);
        }
    }
}
