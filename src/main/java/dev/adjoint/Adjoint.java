package dev.adjoint;

import dev.adjoint.build.Build;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.build.BuildResult;
import dev.adjoint.build.Changes;
import dev.adjoint.build.Explanation;
import dev.adjoint.build.PageFiles;
import dev.adjoint.build.Progress;
import dev.adjoint.build.Selection;
import dev.adjoint.build.Sources;
import dev.adjoint.build.TuneRequest;
import dev.adjoint.build.TuneResult;
import dev.adjoint.build.Tuning;
import dev.adjoint.build.Verify;
import dev.adjoint.build.VerifyRequest;
import dev.adjoint.build.VerifyResult;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.SourceText;
import dev.adjoint.report.Pages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The whole of Adjoint, for a build tool, an editor or a test.
 *
 * <pre>{@code
 * BuildResult result = Adjoint.run(BuildRequest.of(Path.of("specs")).into(Path.of("generated")).checked());
 * }</pre>
 *
 * <p>Every method throws an {@link AdjointException} that holds all diagnostics if a spec is wrong or a file cannot be
 * read or written. Any other exception is a bug of Adjoint. The methods keep no state and may be called from any thread.
 */
public final class Adjoint {
    private Adjoint() {}

    /** Reads, derives, emits and, as the request says, checks and writes; in silence. */
    public static BuildResult run(BuildRequest request) {
        return Build.run(request, Progress.NONE);
    }

    /**
     * Reads, derives, emits and, as the request says, checks and writes.
     *
     * @param progress hears how far it is
     * @return what was made of each layer; {@link BuildResult#failures} says which classes failed their checks
     */
    public static BuildResult run(BuildRequest request, Progress progress) {
        return Build.run(request, progress);
    }

    /** The derivations of all layers of a spec, or of all specs below a directory, in the order of the text. */
    public static List<Selection> derive(Path from) {
        return derive(from, Optional.empty(), Optional.empty());
    }

    /**
     * The derivations of one layer, or of one tensor's gradients.
     *
     * @param layer the name of a layer, or of a class that a spec generates; all layers if empty
     * @param tensor the name of an input, param or let; all if empty
     */
    public static List<Selection> derive(Path from, Optional<String> layer, Optional<String> tensor) {
        return Selection.of(BuildRequest.of(from), layer, tensor);
    }

    /**
     * Writes a page of HTML for each layer, every step of its derivation in it, and an index over all, {@code
     * index.html}; deletes those of layers that are gone; what somebody edited stays.
     */
    public static Changes write(List<Selection> derivations, Path directory) {
        return PageFiles.write(PageFiles.of(derivations, Pages.Format.HTML), directory, true);
    }

    /** How every class that the specs generate computes its tensors, and why so. */
    public static List<Explanation> explain(Path from) {
        return Explanation.of(BuildRequest.of(from));
    }

    /**
     * Measures the plans between which classes with vectors have a choice, and records which is the fastest beside each
     * spec, where every later run reads it.
     *
     * @param progress hears how far it is
     */
    public static TuneResult tune(TuneRequest request, Progress progress) {
        return Tuning.run(request, progress);
    }

    /** Judges every claim of the specs, in silence. */
    public static VerifyResult verify(VerifyRequest request) {
        return Verify.run(request, Progress.NONE);
    }

    /**
     * Judges what the specs claim.
     *
     * @param progress hears how far it is
     * @return a verdict on each claim; {@link VerifyResult#passes} says whether all are as strong as required
     */
    public static VerifyResult verify(VerifyRequest request, Progress progress) {
        return Verify.run(request, progress);
    }

    /** The texts that the places in diagnostics point into, read when they are needed. */
    public static SourceText sources() {
        return Sources.onDisk();
    }

    /** The version of Adjoint, as {@code 0.1.0}. */
    public static String version() {
        String version = Adjoint.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
