package dev.adjoint.build;

import dev.adjoint.check.Contest;
import dev.adjoint.check.Tuner;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans measured and recorded: for each class that has a choice of plans, and each of its tensors that has one, the
 * plans that the model finds cheapest run against each other, and what is chosen goes into the record beside the spec.
 * The record of a class is written as soon as the class is done, so that a run that is stopped has not been in vain.
 */
public final class Tuning {
    private final TuneRequest request;
    private final Progress progress;
    private final Tuner tuner;
    private final List<TuneResult.Chosen> choices = new ArrayList<>();
    private final Set<String> written = new TreeSet<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private Tuning(TuneRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
        this.tuner = new Tuner(request.settings());
    }

    /**
     * Measures and records.
     *
     * @throws AdjointException if a spec or a record is wrong, or a record cannot be written
     */
    public static TuneResult run(TuneRequest request, Progress progress) {
        return Deep.call("a formula", () -> new Tuning(request, progress).run());
    }

    private TuneResult run() {
        SpecSet specs = SpecSet.load(BuildRequest.of(request.from()), progress);
        PlanFiles records = PlanFiles.of(specs);
        List<Rivals> all = new ArrayList<>();
        Set<String> unused = new TreeSet<>(request.sizes().keySet());
        for (SpecSet.Loaded loaded : specs.files()) {
            for (Generate generate : wanted(loaded)) {
                generate.open().forEach(s -> unused.remove(s.name()));
                if (isMeasurable(generate)) {
                    Rivals rivals = new Rivals(loaded, generate, sizes(generate), records, request.settings());
                    if (!rivals.tensors().isEmpty()) {
                        all.add(rivals);
                    }
                }
            }
        }
        check(specs);
        unused.forEach(s -> diagnostics.add(PlanTrouble.unusedSize(s)));
        if (all.isEmpty() && diagnostics.isEmpty()) {
            diagnostics.add(PlanTrouble.nothingToTune());
        }
        progress.begin("tune", all.stream().mapToInt(r -> r.tensors().size()).sum());
        all.forEach(this::tune);
        progress.end();
        return new TuneResult(choices, List.copyOf(written), diagnostics);
    }

    private List<Generate> wanted(SpecSet.Loaded loaded) {
        return loaded.file().generates().stream()
                .filter(g -> g.options().target() == Generate.Options.Target.VECTOR)
                .filter(g -> request.layer()
                        .map(name -> name.equals(g.className()) || name.equals(g.origin()))
                        .orElse(true))
                .toList();
    }

    /** That the layer or class that was named is there. */
    private void check(SpecSet specs) {
        if (request.layer().isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        for (SpecSet.Loaded loaded : specs.files()) {
            for (Generate generate : loaded.file().generates()) {
                known.add(generate.className());
                known.add(generate.origin());
            }
        }
        if (!known.contains(request.layer().get())) {
            throw new AdjointException(Trouble.noSuchLayer(request.layer().get(), List.copyOf(known)));
        }
    }

    private Map<String, Long> sizes(Generate generate) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Size size : generate.open()) {
            Long value = request.sizes().get(size.name());
            if (value != null) {
                sizes.put(size.name(), value);
            }
        }
        return sizes;
    }

    private boolean isMeasurable(Generate generate) {
        Map<String, Long> sizes = sizes(generate);
        List<String> open = generate.open().stream()
                .map(Size::name)
                .filter(s -> !sizes.containsKey(s))
                .toList();
        if (!open.isEmpty()) {
            diagnostics.add(PlanTrouble.openSizes(generate.className(), open, generate.place()));
            return false;
        }
        if (!Contest.allows(generate, sizes)) {
            diagnostics.add(PlanTrouble.impossibleSizes(generate.className(), print(sizes), generate.place()));
            return false;
        }
        return true;
    }

    private void tune(Rivals rivals) {
        List<PlanRecord.Found> found = new ArrayList<>();
        for (String tensor : rivals.tensors()) {
            progress.item(rivals.className() + "." + tensor);
            Contest contest = rivals.contest(tensor);
            Contest.Result result = tuner.run(contest);
            result.faults()
                    .forEach((k, fault) -> diagnostics.add(PlanTrouble.faulty(
                            tensor,
                            rivals.className(),
                            contest.entrants().get(k).plan(),
                            fault,
                            rivals.generate().place())));
            if (!result.failure().isEmpty()) {
                diagnostics.add(PlanTrouble.undecided(
                        tensor,
                        rivals.className(),
                        result.failure(),
                        rivals.generate().place()));
                continue;
            }
            String plan = contest.entrants().get(result.winner()).plan();
            choices.add(new TuneResult.Chosen(
                    rivals.className(), tensor, plan, result.winner() == 0, result.speedup(), result.compared()));
            found.add(new PlanRecord.Found(tensor, plan, measured(contest, result)));
        }
        Spec spec = rivals.loaded().spec();
        List<String> classes = rivals.loaded().file().generates().stream()
                .map(Generate::className)
                .toList();
        if (!found.isEmpty()
                && PlanFiles.change(spec, r -> r.with(rivals.className(), found, rivals.tensors(), classes))) {
            written.add(PlanFiles.shown(spec));
        }
    }

    /** How a choice was measured, as a record tells it: nothing that says when, or on whose machine. */
    private static String measured(Contest contest, Contest.Result result) {
        String than = result.winner() == 0
                ? "the model's choice"
                : String.format(Locale.ROOT, "%.2f times as fast as the model's choice", result.speedup());
        String sizes = contest.sizes().isEmpty() ? "" : "; " + print(contest.sizes());
        return than + ", of " + result.compared() + (result.compared() == 1 ? " plan" : " plans") + sizes + "; "
                + result.target() + "; " + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }

    private static String print(Map<String, Long> sizes) {
        return sizes.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
    }
}
