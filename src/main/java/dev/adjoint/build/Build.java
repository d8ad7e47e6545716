package dev.adjoint.build;

import dev.adjoint.check.CheckSettings;
import dev.adjoint.check.Checker;
import dev.adjoint.check.ClassReport;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.report.Judgement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run over a directory of specs: read, derive, prove, emit, check, write. All errors of all specs are found before
 * the run ends; files are written only if there are none, every claim holds and every check passed.
 */
public final class Build {
    /** What is wrong with a record of plans is seen when plans are made: while there is something, no run is skipped. */
    private static final String NONE = "none";

    private final BuildRequest request;
    private final Progress progress;
    private final long start = System.nanoTime();

    private Build(BuildRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Does what is requested.
     *
     * @throws AdjointException if a spec is wrong or a file cannot be read or written; then nothing was written
     */
    public static BuildResult run(BuildRequest request, Progress progress) {
        return Deep.call("a formula", () -> new Build(request, progress).run());
    }

    private BuildResult run() {
        SpecSet specs = SpecSet.load(request, progress);
        PlanFiles records = PlanFiles.of(specs);
        String fingerprint = Fingerprint.of(request.options(), records.and(specs.texts()));
        if (isUpToDate(fingerprint)) {
            return BuildResult.nothing(specs.warnings(), elapsed());
        }
        Work work = Work.on(specs, records, request.folder(), progress);
        List<Diagnostic> warnings = new ArrayList<>(specs.warnings());
        warnings.addAll(work.warnings());
        Optional<VerifyResult> claims = Optional.ofNullable(request.proofs()).map(proofs -> claims(specs, proofs));
        List<ClassReport> reports = request.check() ? check(work) : List.of();
        BuildResult result = new BuildResult(work.results(reports), claims, Changes.NONE, warnings, false, elapsed());
        if (request.into() == null || !result.failures().isEmpty()) {
            return result;
        }
        Changes changes = new OutputDirectory(request.into()).hold(work.outputs(), request::covers);
        record(work.warnings().isEmpty() ? fingerprint : NONE);
        return new BuildResult(result.layers(), claims, changes, result.warnings(), false, elapsed());
    }

    /** What the specs claim; methods that they name belong to {@link Verify}, which knows where Java stands. */
    private VerifyResult claims(SpecSet specs, BuildRequest.Proofs proofs) {
        long begun = System.nanoTime();
        List<Judgement> judgements = Judging.of(Subjects.ofClaims(specs), proofs.budget(), progress);
        return new VerifyResult(
                judgements, proofs.require(), List.of(), false, Duration.ofNanos(System.nanoTime() - begun));
    }

    private List<ClassReport> check(Work work) {
        progress.begin("check", work.subjects().size());
        List<ClassReport> reports =
                new Checker(CheckSettings.DEFAULT).check(work.subjects(), report -> progress.item(report.className()));
        progress.end();
        return reports;
    }

    private boolean isUpToDate(String fingerprint) {
        return request.record() != null
                && request.into() != null
                && Fingerprint.isRecorded(request.record(), fingerprint)
                && new OutputDirectory(request.into()).isIntact();
    }

    private void record(String fingerprint) {
        if (request.record() != null) {
            try {
                Fingerprint.record(request.record(), fingerprint);
            } catch (IOException e) {
                throw new AdjointException(Trouble.unwritable(request.record(), e));
            }
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
