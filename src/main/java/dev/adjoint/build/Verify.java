package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.report.Judgement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
            String fingerprint = Fingerprint.of(request.options(), specs.texts());
            boolean known = request.record() != null && Fingerprint.isRecorded(request.record(), fingerprint);
            List<Judgement> judgements =
                    known ? List.of() : Judging.of(subjects(specs, request), request.budget(), progress);
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

    private static void record(java.nio.file.Path file, String fingerprint, boolean passes) {
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

    private static List<Judging.Subject> subjects(SpecSet specs, VerifyRequest request) {
        List<Judging.Subject> all =
                layers(specs).map(layer -> new Judging.Subject(layer, Map.of())).toList();
        if (request.layer().isEmpty()) {
            return all;
        }
        String name = request.layer().get();
        List<Judging.Subject> named = new ArrayList<>(
                all.stream().filter(s -> s.layer().name().equals(name)).toList());
        if (named.isEmpty()) {
            generates(specs)
                    .filter(g -> g.className().equals(name))
                    .forEach(g -> named.add(new Judging.Subject(g.layer(), g.bound())));
        }
        if (named.isEmpty()) {
            throw new AdjointException(Trouble.noSuchLayer(
                    name,
                    Stream.concat(
                                    layers(specs).map(Layer::name),
                                    generates(specs).map(Generate::className))
                            .distinct()
                            .toList()));
        }
        return named;
    }

    private static Stream<Layer> layers(SpecSet specs) {
        return specs.files().stream().flatMap(f -> f.file().layers().stream());
    }

    private static Stream<Generate> generates(SpecSet specs) {
        return specs.files().stream().flatMap(f -> f.file().generates().stream());
    }
}
