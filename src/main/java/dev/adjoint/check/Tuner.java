package dev.adjoint.check;

import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Measures plans against each other. Each is compiled and run, and what it computes is compared with what the model's
 * choice computes, before it counts. All that agree then run side by side in one JVM; the fastest takes the place of the
 * plan that stands if it is faster by a margin, and is so once more in another JVM, where the two of them are alone.
 */
public final class Tuner {
    /** How many of the fastest get the second chance. */
    private static final int MOST_RUNS_OFF = 3;

    private final TuneSettings settings;

    public Tuner(TuneSettings settings) {
        this.settings = settings;
    }

    /**
     * Which plan is to be taken.
     *
     * @throws dev.adjoint.diagnostic.AdjointException if this Java has no compiler
     */
    public Contest.Result run(Contest contest) {
        try (TemporaryDirectory directory = TemporaryDirectory.create("adjoint-tune")) {
            return new Run(contest, directory.path()).run();
        }
    }

    /** One contest. */
    private final class Run {
        private final Contest contest;
        private final Layer layer;
        private final Path directory;
        private final Map<Integer, String> faults = new TreeMap<>();

        Run(Contest contest, Path directory) {
            this.contest = contest;
            this.layer = contest.generate().layer();
            this.directory = directory;
        }

        Contest.Result run() {
            Map<String, List<String>> wrong = Compilation.compile(
                    contest.entrants().stream()
                            .flatMap(e -> e.sources().stream())
                            .toList(),
                    directory);
            for (int k = 0; k < contest.entrants().size(); k++) {
                for (SourceFile source : contest.entrants().get(k).sources()) {
                    int number = k;
                    wrong.getOrDefault(source.path(), List.of())
                            .forEach(w -> faults.putIfAbsent(number, "does not compile: " + w));
                }
            }
            try (OtherJvm jvm = jvm()) {
                return run(jvm);
            }
        }

        private Contest.Result run(OtherJvm jvm) {
            if (faults.containsKey(0)) {
                return undecided("the model's choice " + faults.get(0));
            }
            Optional<Request> data = data(jvm);
            if (data.isEmpty()) {
                return undecided("its values are not finite at any of the data that were tried");
            }
            Race.Finish model = jvm.ask(race(data.get(), List.of(0), 0));
            if (!model.failure().isEmpty()) {
                return undecided("the model's choice fails: " + model.failure());
            }
            if (!model.target().startsWith("Vector API")) {
                return undecided("this Java has no vectors: the class computes with " + model.target());
            }
            List<Integer> sound = new ArrayList<>(List.of(0));
            for (int k = 1; k < contest.entrants().size(); k++) {
                if (!faults.containsKey(k)) {
                    fault(model, jvm.ask(race(data.get(), List.of(k), 0))).ifPresent(faultOf(k));
                }
                if (!faults.containsKey(k)) {
                    sound.add(k);
                }
            }
            return decide(jvm, data.get(), sound, model.target());
        }

        private java.util.function.Consumer<String> faultOf(int number) {
            return fault -> faults.put(number, fault);
        }

        private Contest.Result decide(OtherJvm jvm, Request data, List<Integer> sound, String target) {
            int stands = sound.contains(contest.stands()) ? contest.stands() : 0;
            if (sound.size() == 1) {
                return new Contest.Result("", 0, 1, 1, target, faults);
            }
            Race.Finish all = jvm.ask(race(data, sound, settings.rounds()));
            if (!all.failure().isEmpty()) {
                return undecided("measuring fails: " + all.failure());
            }
            Function<Integer, double[]> times = k -> all.nanos().get(sound.indexOf(k));
            Function<Integer, Pairs> pairs = k -> new Pairs(times.apply(stands), times.apply(k));
            List<Integer> faster = sound.stream()
                    .filter(k -> k != stands && pairs.apply(k).wins(settings.margin()))
                    .sorted(Comparator.comparingDouble(
                            (Integer k) -> -pairs.apply(k).speedup()))
                    .limit(MOST_RUNS_OFF)
                    .toList();
            for (int challenger : faster) {
                Optional<Pairs> again = runOff(data, stands, challenger);
                if (again.isPresent() && again.get().wins(settings.margin())) {
                    double speedup = stands == 0
                            ? again.get().speedup()
                            : new Pairs(times.apply(0), times.apply(challenger)).speedup();
                    return new Contest.Result("", challenger, speedup, sound.size(), target, faults);
                }
            }
            double speedup = new Pairs(times.apply(0), times.apply(stands)).speedup();
            return new Contest.Result("", stands, speedup, sound.size(), target, faults);
        }

        /** The two alone, in a JVM that has seen no other plan: compilers and caches begin anew. */
        private Optional<Pairs> runOff(Request data, int stands, int challenger) {
            try (OtherJvm jvm = jvm()) {
                Race.Finish two = jvm.ask(race(data, List.of(stands, challenger), settings.rounds()));
                return two.failure().isEmpty()
                        ? Optional.of(new Pairs(two.nanos().get(0), two.nanos().get(1)))
                        : Optional.empty();
            }
        }

        private Contest.Result undecided(String failure) {
            return new Contest.Result(failure, contest.stands(), 1, 0, "", faults);
        }

        /** The first kind of data at which the model's choice computes finite values, or fails in any other way. */
        private Optional<Request> data(OtherJvm jvm) {
            for (TestData kind : List.of(TestData.DISTINCT, TestData.POSITIVE, TestData.SMALL)) {
                Request request = request(kind);
                if (jvm.ask(race(request, List.of(0), 0)).isFinite()) {
                    return Optional.of(request);
                }
            }
            return Optional.empty();
        }

        private Request request(TestData kind) {
            Setup setup = new Setup(layer, contest.derivation(), contest.sizes(), settings.seed(), kind);
            List<Request.Wanted> wanted = layer.differentiable().stream()
                    .filter(t -> contest.derivation().of(t.name()).isPresent())
                    .map(t -> new Request.Wanted(t.name(), setup.length(t), new int[0]))
                    .toList();
            List<Integer> sizes = layer.sizes().stream()
                    .map(s -> Math.toIntExact(contest.sizes().getOrDefault(s.name(), 0L)))
                    .toList();
            return new Request(
                    directory.toString(),
                    directory.toString(),
                    contest.entrants().get(0).className(),
                    sizes,
                    List.of(),
                    List.copyOf(setup.given),
                    List.copyOf(setup.outputs),
                    wanted,
                    0);
        }

        private Race race(Request data, List<Integer> numbers, int rounds) {
            return new Race(
                    data,
                    numbers.stream()
                            .map(k -> contest.entrants().get(k).className())
                            .toList(),
                    contest.method(),
                    settings.warmUp().toNanos(),
                    rounds,
                    settings.moment().toNanos(),
                    settings.budget().toNanos());
        }

        /** Where a plan's values differ from those of the model's choice, or why it has none. */
        private Optional<String> fault(Race.Finish model, Race.Finish other) {
            if (!other.failure().isEmpty()) {
                return Optional.of("fails: " + other.failure());
            }
            boolean single = contest.generate().options().type() == Generate.Options.Type.FLOAT;
            double tolerance = single ? Comparer.SINGLE : Comparer.EXACT;
            for (int result = 0; result < model.values().size(); result++) {
                double[] wanted = model.values().get(result);
                double[] found = other.values().get(result);
                double scale = Math.sqrt(
                        Arrays.stream(wanted).map(v -> v * v).average().orElse(0));
                for (int at = 0; at < wanted.length; at++) {
                    if (!(Comparer.relative(found[at], wanted[at], scale) <= tolerance)) {
                        return Optional.of("computes " + found[at] + " at position " + at + " of result " + (result + 1)
                                + " of " + contest.method() + ", and the model's choice " + wanted[at]);
                    }
                }
            }
            return Optional.empty();
        }
    }

    private OtherJvm jvm() {
        List<String> flags = new ArrayList<>(settings.jvmFlags());
        flags.addAll(List.of("--add-modules", Compilation.VECTOR_MODULE));
        return new OtherJvm(flags, settings.timeout());
    }
}
