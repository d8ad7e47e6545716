package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.report.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run over specs that judges what they claim. */
public final class Verify {
    private Verify() {}

    /**
     * Judges every claim that is asked for.
     *
     * @throws AdjointException if a spec is wrong or cannot be read, or there is no such layer
     */
    public static VerifyResult run(VerifyRequest request, Progress progress) {
        long start = System.nanoTime();
        return Deep.call("a formula", () -> {
            SpecSet specs = SpecSet.load(request.specs(), progress);
            JavaCode java = JavaCode.of(request.java(), request.specs().none());
            Map<String, String> texts = new TreeMap<>(specs.texts());
            texts.putAll(java.hashes());
            String fingerprint = Fingerprint.of(request.options(), texts);
            boolean known = request.record() != null && Fingerprint.isRecorded(request.record(), fingerprint);
            List<Judgement> judgements = known
                    ? List.of()
                    : Judging.of(Subjects.of(specs, request.layer(), new Questions(java)), request.budget(), progress);
            VerifyResult result = new VerifyResult(
                    judgements,
                    request.require(),
                    specs.warnings(),
                    known,
                    Duration.ofNanos(System.nanoTime() - start));
            if (request.record() != null && !known) {
                record(request.record(), fingerprint, result.passes());
            }
            return result;
        });
    }

    private static void record(Path file, String fingerprint, boolean passes) {
        try {
            if (passes) {
                Fingerprint.record(file, fingerprint);
            } else {
                Fingerprint.forget(file);
            }
        } catch (IOException e) {
            throw new AdjointException(Trouble.unwritable(file, e));
        }
    }
}
