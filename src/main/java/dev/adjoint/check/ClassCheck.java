package dev.adjoint.check;

import dev.adjoint.check.ClassReport.Reference;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The check of one compiled class: at several sizes, with distinct values against the equations, the derived formulas
 * and numeric derivatives, and with values full of ties, where conventions decide, against equations and formulas.
 */
final class ClassCheck {
    private static final double EXACT = Comparer.EXACT;
    /** What numeric derivatives are held to; {@link Slope} has judged each entry already. */
    private static final double NUMERIC = 1e-5;

    private static final int DRAWS = 3;
    private static final int MORE = 3;

    private final Subject subject;
    private final Layer layer;
    private final CheckSettings settings;
    private final String classes;
    private final String twin;
    private final OtherJvm jvm;
    private final List<ClassReport.Trial> trials = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ClassCheck(Subject subject, CheckSettings settings, String classes, String twin, OtherJvm jvm) {
        this.subject = subject;
        this.layer = subject.generate().layer();
        this.settings = settings;
        this.classes = classes;
        this.twin = twin;
        this.jvm = jvm;
    }

    ClassReport run() {
        long start = System.nanoTime();
        Random random = new Random(settings.seed() + subject.className().hashCode());
        List<Map<String, Long>> sets = SizeSets.find(layer, settings.sizeSets(), settings.forwardWork(), random);
        if (sets.isEmpty()) {
            failures.add("no sizes were found that the layer allows: it was not checked");
        }
        for (Map<String, Long> sizes : sets) {
            trial(distinct(sizes, random), random, true);
            if (!failures.isEmpty()) {
                break;
            }
        }
        if (failures.isEmpty()) {
            atMoreSizes(sets, random);
        }
        for (TestData conventions : List.of(TestData.TIES, TestData.ZEROS)) {
            if (failures.isEmpty() && !sets.isEmpty()) {
                // Windows of one entry are all zero more often: the second set has a 1.
                Map<String, Long> sizes = sets.get(conventions == TestData.ZEROS ? Math.min(1, sets.size() - 1) : 0);
                trial(setup(sizes, random.nextLong(), conventions), random, false);
            }
        }
        if (failures.isEmpty()) {
            uncompared();
        }
        return new ClassReport(subject.className(), trials, failures, notes, (System.nanoTime() - start) * 1e-9);
    }

    /** Several times as many sizes, against equations and formulas alone: each takes another path through tiles. */
    private void atMoreSizes(List<Map<String, Long>> sets, Random random) {
        List<Map<String, Long>> more = SizeSets.find(layer, MORE * settings.sizeSets(), settings.forwardWork(), random);
        for (Map<String, Long> sizes : more) {
            if (!sets.contains(sizes) && failures.isEmpty()) {
                trial(distinct(sizes, random), random, false);
            }
        }
    }

    /** A tensor of which no entry could be compared with anything has not been checked. */
    private void uncompared() {
        Map<String, Integer> compared = new LinkedHashMap<>();
        for (ClassReport.Trial trial : trials) {
            trial.comparisons().stream()
                    .filter(c -> c.reference() != Reference.DOUBLE)
                    .forEach(c -> compared.merge(c.tensor(), c.compared(), Integer::sum));
        }
        compared.forEach((tensor, count) -> {
            if (count == 0) {
                failures.add(tensor + " was not checked: at none of the data that were tried are its values finite");
            }
        });
    }

    private Setup setup(Map<String, Long> sizes, long seed, TestData data) {
        return new Setup(layer, subject.derivation(), sizes, seed, data);
    }

    /** With the first kind of data at which every output that is looked at is finite; else with the best kind. */
    private Setup distinct(Map<String, Long> sizes, Random random) {
        Setup best = null;
        int fewest = Integer.MAX_VALUE;
        for (TestData data : List.of(TestData.DISTINCT, TestData.POSITIVE, TestData.SMALL)) {
            Setup setup = setup(sizes, random.nextLong(), data);
            int undefined = undefined(setup, new Random(setup.seed));
            if (undefined < fewest || best == null) {
                best = setup;
                fewest = undefined;
            }
            if (undefined == 0) {
                break;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private int undefined(Setup setup, Random random) {
        int undefined = 0;
        for (Tensor output : layer.outputs()) {
            Ref ref = Ref.value(output.name());
            for (int q : Setup.sample(setup.length(output), settings.exactWork() / setup.work(ref), random)) {
                undefined += Double.isFinite(setup.reference.at(ref, q)) ? 0 : 1;
            }
        }
        return undefined;
    }

    private void trial(Setup setup, Random random, boolean numeric) {
        if (setup.forwardWork() <= settings.exactWork()) {
            setup.silenceUndefined();
        }
        Setup current = setup;
        for (int draw = 1; ; draw++) {
            Outcome outcome = jvm.ask(request(current, random, numeric));
            outcome.failures().forEach(f -> failures.add(f + " (" + where(setup) + ")"));
            if (!outcome.ran()) {
                return;
            }
            Comparer inDouble = new Comparer(where(current));
            compareDouble(inDouble, current, outcome, random);
            failures.addAll(inDouble.failures());
            Comparer inFloat = new Comparer(where(current));
            compareFloat(inFloat, current, outcome);
            boolean agrees = inFloat.failures().isEmpty();
            if (agrees || draw == DRAWS || !numeric) {
                // With other data a rounded comparison goes the other way; a mistake does not.
                failures.addAll(numeric ? inFloat.failures() : List.of());
                List<ClassReport.Comparison> all = new ArrayList<>(inDouble.comparisons());
                all.addAll(inFloat.comparisons());
                trials.add(new ClassReport.Trial(current.sizes, current.seed, current.data.toString(), all));
                return;
            }
            current = setup(setup.sizes, random.nextLong(), setup.data);
        }
    }

    private String where(Setup setup) {
        Map<String, Long> all = new LinkedHashMap<>(subject.generate().bound());
        all.putAll(setup.sizes);
        return (all.isEmpty() ? "" : Sizes.print(all) + "; ") + setup.data + ", seed " + setup.seed;
    }

    private Request request(Setup setup, Random random, boolean numeric) {
        List<Request.Wanted> wanted = new ArrayList<>();
        double entries = settings.numericWork()
                / (6 * setup.forwardWork() * Math.max(1, layer.differentiable().size()));
        for (Tensor tensor : layer.differentiable()) {
            int length = setup.length(tensor);
            long[] shape = Sizes.shape(tensor, setup.sizes);
            int[] sample = numeric ? Setup.sample(shape, Math.max(4, entries), random) : new int[0];
            wanted.add(new Request.Wanted(tensor.name(), length, sample));
        }
        List<Integer> sizes = layer.sizes().stream()
                .map(s -> Math.toIntExact(setup.sizes.getOrDefault(s.name(), 0L)))
                .toList();
        return new Request(
                classes,
                twin,
                subject.className(),
                sizes,
                refused(setup.sizes),
                List.copyOf(setup.given),
                List.copyOf(setup.outputs),
                List.copyOf(wanted),
                1.0 / 1024);
    }

    /** The sizes with one of them changed so that an axis is empty or an assumption broken. */
    private List<int[]> refused(Map<String, Long> sizes) {
        List<int[]> refused = new ArrayList<>();
        for (Size size : layer.sizes()) {
            for (long value : new long[] {0, -1, 1_000_000}) {
                Map<String, Long> changed = new LinkedHashMap<>(sizes);
                changed.put(size.name(), value);
                if (!Sizes.allows(layer, changed)) {
                    refused.add(
                            changed.values().stream().mapToInt(Long::intValue).toArray());
                }
            }
        }
        return refused;
    }

    private void compareDouble(Comparer comparer, Setup setup, Outcome outcome, Random random) {
        for (int k = 0; k < layer.outputs().size(); k++) {
            Tensor output = layer.outputs().get(k);
            Ref ref = Ref.value(output.name());
            double[] emitted = outcome.twin().outputs().get(k);
            evaluated(comparer, output.name(), output, ref, setup, emitted, random, Reference.EQUATION);
        }
        for (int k = 0; k < layer.differentiable().size(); k++) {
            Tensor tensor = layer.differentiable().get(k);
            double[] emitted = outcome.twin().gradients().get(k);
            String name = "grad" + Instance.capital(tensor.name());
            if (subject.derivation().of(tensor.name()).isPresent()) {
                Gradient gradient = subject.derivation().of(tensor.name()).get();
                evaluated(comparer, name, tensor, gradient.ref(), setup, emitted, random, Reference.FORMULA);
            } else {
                comparer.failures().add("grad " + tensor.name() + " was not derived");
            }
            Outcome.Slopes slopes = outcome.slopes().get(k);
            if (slopes.values().length > 0) {
                comparer.compare(
                        name,
                        tensor,
                        Sizes.shape(tensor, setup.sizes),
                        emitted,
                        slopes.entries(),
                        i -> slopes.values()[i],
                        slopes.kinks(),
                        Reference.NUMERIC,
                        NUMERIC);
            }
        }
    }

    private void evaluated(
            Comparer comparer,
            String name,
            Tensor tensor,
            Ref ref,
            Setup setup,
            double[] emitted,
            Random random,
            Reference reference) {
        long[] shape = Sizes.shape(tensor, setup.sizes);
        int[] entries = Setup.sample(shape, settings.exactWork() / setup.work(ref), random);
        comparer.compare(
                name,
                tensor,
                shape,
                emitted,
                entries,
                i -> setup.reference.at(ref, entries[i]),
                new boolean[0],
                reference,
                EXACT);
    }

    private void compareFloat(Comparer comparer, Setup setup, Outcome outcome) {
        if (subject.generate().options().type() == Generate.Options.Type.DOUBLE) {
            return;
        }
        for (int k = 0; k < layer.outputs().size(); k++) {
            Tensor output = layer.outputs().get(k);
            rounded(
                    comparer,
                    output.name(),
                    output,
                    setup,
                    outcome.emitted().outputs().get(k),
                    outcome.twin().outputs().get(k));
        }
        for (int k = 0; k < layer.differentiable().size(); k++) {
            Tensor tensor = layer.differentiable().get(k);
            rounded(
                    comparer,
                    "grad" + Instance.capital(tensor.name()),
                    tensor,
                    setup,
                    outcome.emitted().gradients().get(k),
                    outcome.twin().gradients().get(k));
        }
    }

    private void rounded(
            Comparer comparer, String name, Tensor tensor, Setup setup, double[] emitted, double[] inDouble) {
        comparer.compare(
                name,
                tensor,
                Sizes.shape(tensor, setup.sizes),
                emitted,
                Setup.all(emitted.length),
                i -> inDouble[i],
                new boolean[0],
                Reference.DOUBLE,
                Comparer.SINGLE);
    }
}
