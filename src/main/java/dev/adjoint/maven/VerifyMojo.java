package dev.adjoint.maven;

import dev.adjoint.Adjoint;
import dev.adjoint.build.VerifyRequest;
import dev.adjoint.build.VerifyResult;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.prove.Prover;
import dev.adjoint.report.Require;
import dev.adjoint.report.VerdictTable;
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

/**
 * Proves or refutes what the project's layer specs claim, and what its Java methods are held to compute: by a
 * <code>verify … by …</code> of a spec, or by a line <code>verify com.acme.layers.Conv2d grad w (delta = dy)</code> of
 * their own Javadoc. Fails the build at the file, line and column of what is not proved, with the counterexample and
 * the mistake if one is recognised. Does nothing if nothing has changed since all was well.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class VerifyMojo extends AbstractMojo {
    /** The directory of the specs, files whose names end in <code>.layer</code>, in it or below it. */
    @Parameter(property = "adjoint.sourceDirectory", defaultValue = "${project.basedir}/src/main/adjoint")
    private File sourceDirectory;

    /**
     * What passes: <code>proved</code>, or <code>tested</code>, which lets equality at random points pass too.
     * Anything weaker fails the build.
     */
    @Parameter(property = "adjoint.require", defaultValue = "proved")
    private String require;

    /** Steps that each proof may take; a proof that needs more is given up. The same number, the same verdicts. */
    @Parameter(property = "adjoint.budget", defaultValue = "" + Prover.BUDGET)
    private long budget;

    /** The layer, or the class that is generated of one, whose claims are looked at; those of all if left out. */
    @Parameter(property = "adjoint.layer")
    private String layer;

    /** Skips this goal and all others. */
    @Parameter(property = "adjoint.skip", defaultValue = "false")
    private boolean skip;

    /** Skips this goal alone. */
    @Parameter(property = "adjoint.skipVerify", defaultValue = "false")
    private boolean skipVerify;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    private final Markers markers;

    @Inject
    VerifyMojo(BuildContext context, org.sonatype.plexus.build.incremental.BuildContext legacy) {
        this.markers = new Markers(context, legacy);
    }

    @Override
    public void execute() throws MojoFailureException {
        if (skip || skipVerify) {
            getLog().info("Verification is skipped");
            return;
        }
        if (!sourceDirectory.exists()) {
            getLog().info("No specs: there is no directory " + sourceDirectory);
        }
        Messages messages = new Messages(getLog(), markers);
        VerifyRequest request = request();
        markers.clear(sourceDirectory.toPath());
        request.java().forEach(markers::clear);
        try {
            VerifyResult result = Adjoint.verify(request);
            messages.show(result.warnings());
            tell(result);
            messages.show(result.details());
        } catch (AdjointException e) {
            messages.show(e.diagnostics());
        }
        messages.throwIfErrors("");
    }

    private VerifyRequest request() throws MojoFailureException {
        Path record =
                Path.of(project.getBuild().getDirectory(), "adjoint", execution.getExecutionId() + "-verify.sha256");
        List<Path> java = project.getCompileSourceRoots().stream().map(Path::of).toList();
        if (budget < 1) {
            throw new MojoFailureException("adjoint.budget is " + budget + ", and a proof takes at least one step");
        }
        VerifyRequest request = VerifyRequest.of(sourceDirectory.toPath())
                .orNone()
                .java(java)
                .require(Require.named(require)
                        .orElseThrow(() -> new MojoFailureException(
                                "adjoint.require is `" + require + "`, and can be proved or tested")))
                .budget(budget)
                .recordedIn(record);
        return layer == null ? request : request.layer(layer);
    }

    private void tell(VerifyResult result) {
        if (result.upToDate()) {
            getLog().info("Nothing to verify: nothing has changed since all was well");
            return;
        }
        VerdictTable.of(result.judgements(), project.getBasedir().toPath(), false)
                .lines()
                .forEach(getLog()::info);
        getLog().info(VerdictTable.summary(result.judgements()));
    }
}
