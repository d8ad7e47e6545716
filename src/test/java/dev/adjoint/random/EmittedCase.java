package dev.adjoint.random;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A layer's emitted class and how it is compared with the layer. */
final class EmittedCase {
    /** Some thousand roundings. */
    private static final double OPERATIONS = 4096;

    private static final double EPSILON = Math.ulp(1.0) / 2;
    private static final double SINGLE = Math.ulp(1f) / 2;
    /** Below this, integers times a few halves are sums of exact doubles. */
    private static final double EXACT = 1L << 40;

    private static final double MOST_WORK = 4e5;

    private final long seed;
    private final Generate generate;
    private final Layer layer;
    private final Derivation derivation;
    private final List<SourceFile> files;
    private final boolean single;
    private final boolean exactly;
    private final Set<String> features = new LinkedHashSet<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private Map<String, Long> sizes = Map.of();

    EmittedCase(long seed, Generate generate, Derivation derivation, List<SourceFile> files) {
        this.seed = seed;
        this.generate = generate;
        this.layer = generate.layer();
        this.derivation = derivation;
        this.files = files;
        this.single = generate.options().type() == Options.Type.FLOAT;
        this.exactly = Exactness.of(layer) && !single;
        features.add(single ? "float" : "double");
        features.add("target " + generate.options().target());
        features.add("unroll " + generate.options().unroll());
        features.addAll(generate.options().save() ? List.of("save") : List.of());
        features.addAll(layer.sizes().isEmpty() ? List.of("all sizes bound") : List.of());
    }

    Set<String> features() {
        return features;
    }

    List<SourceFile> files() {
        return files;
    }

    String name() {
        return generate.javaPackage() + "." + generate.className();
    }

    String source() {
        return files.stream().map(SourceFile::text).collect(java.util.stream.Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "seed " + seed + ", sizes " + sizes + ", " + generate.options() + "\n" + LayerText.print(layer);
    }

    /** Sizes that the layer allows, as different as possible, with a 1 now and then. */
    private static Optional<Map<String, Long>> sizes(Layer layer, Random random, int largest) {
        for (int attempt = 0; attempt < 200; attempt++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            for (Size size : layer.sizes()) {
                sizes.put(size.name(), random.nextInt(6) == 0 ? 1L : 1L + random.nextInt(largest));
            }
            boolean different = sizes.values().stream().distinct().count() == sizes.size();
            if ((different || attempt > 100) && Meaning.allows(layer, sizes)) {
                return Optional.of(sizes);
            }
        }
        return Optional.empty();
    }

    Map<String, Integer> run(ClassLoader loader) throws ReflectiveOperationException {
        Random random = new Random(seed);
        boolean compared = false;
        for (int largest : new int[] {11, 4, 2}) {
            Optional<Map<String, Long>> drawn = sizes(layer, random, largest);
            if (drawn.isEmpty()) {
                continue;
            }
            sizes = drawn.get();
            if (compare(loader, random, exactly && random.nextBoolean())) {
                compared = true;
                if (exactly) {
                    compare(loader, random, true);
                }
                break;
            }
        }
        counts.merge("classes with nothing compared", compared ? 0 : 1, Integer::sum);
        counts.merge("classes compared bit by bit", compared && exactly ? 1 : 0, Integer::sum);
        return counts;
    }

    /** False if the layer is too much work at these sizes. */
    private boolean compare(ClassLoader loader, Random random, boolean ties) throws ReflectiveOperationException {
        double tolerance = OPERATIONS * (single ? SINGLE : EPSILON);
        Meaning<Rounded> meaning = new Meaning<>(layer, sizes, new Rounded.Reals(tolerance, MOST_WORK));
        meaning.with(derivation, false);
        Called called = new Called(
                loader.loadClass(name()),
                single,
                layer.sizes().stream()
                        .mapToInt(s -> Math.toIntExact(sizes.get(s.name())))
                        .toArray());
        List<Object> given = new ArrayList<>();
        for (Tensor tensor : layer.given()) {
            int length = meaning.length(Ref.value(tensor.name()));
            if (tensor.isInteger()) {
                int limit = (int) Meaning.integer(tensor.limit().orElseThrow(), sizes);
                int[] entries = random.ints(length, 0, limit).toArray();
                meaning.give(
                        tensor.name(), Arrays.stream(entries).asLongStream().toArray());
                given.add(entries);
            } else {
                given.add(called.array(draw(meaning, Ref.value(tensor.name()), length, ties, random)));
            }
        }
        List<Object> errors = new ArrayList<>();
        for (Tensor output : layer.outputs()) {
            Ref ref = Ref.delta(output.name(), false);
            errors.add(called.array(draw(meaning, ref, meaning.length(ref), ties, random)));
        }
        errors.addAll(given);
        boolean some = false;
        for (int repeat = 0; repeat < 2; repeat++) {
            some |= call(called, meaning, given, errors, ties);
        }
        return some;
    }

    private double[] draw(Meaning<Rounded> meaning, Ref ref, int length, boolean ties, Random random) {
        double[] values = new double[length];
        Arrays.setAll(values, k -> ties ? random.nextInt(7) - 3 : (float) (4 * random.nextDouble() - 2));
        meaning.give(ref, Arrays.stream(values).mapToObj(Rounded::exactly).toList());
        return values;
    }

    private boolean call(Called called, Meaning<Rounded> meaning, List<Object> given, List<Object> errors, boolean ties)
            throws ReflectiveOperationException {
        List<Ref> outputs = new ArrayList<>();
        layer.outputs().forEach(t -> outputs.add(Ref.value(t.name())));
        List<Ref> forward = new ArrayList<>(outputs);
        if (generate.options().save()) {
            layer.tensors(Tensor.Role.LET).forEach(t -> forward.add(Ref.value(t.name())));
        }
        for (Tensor tensor : layer.tensors()) {
            boolean passed =
                    tensor.role() != Tensor.Role.LET || generate.options().save();
            if (passed && called.length(tensor.name()) != meaning.length(Ref.value(tensor.name()))) {
                throw new AssertionError("length of " + tensor.name());
            }
        }
        List<Object> computed = called.call("forward", given, lengths(meaning, forward), List.of());
        boolean some = same("forward", meaning, forward, computed, ties);
        List<Ref> gradients = layer.differentiable().stream()
                .map(t -> derivation.of(t.name()).orElseThrow())
                .map(Gradient::ref)
                .toList();
        List<Object> saved = computed.subList(outputs.size(), computed.size());
        List<Object> together = called.call("backward", errors, lengths(meaning, gradients), saved);
        some |= same("backward", meaning, gradients, together, ties);
        for (Ref gradient : gradients) {
            String method = "grad" + Called.capital(gradient.name());
            List<Object> alone = called.call(method, errors, lengths(meaning, List.of(gradient)), saved);
            some |= same(method, meaning, List.of(gradient), alone, ties);
        }
        // Vectors are objects until their methods are compiled; the benchmarks count what is allocated then.
        if (seed % 8 == 0 && generate.options().target() == Options.Target.PORTABLE) {
            List<Object> all = new ArrayList<>(errors);
            all.addAll(together);
            all.addAll(saved);
            long bytes = called.allocates("backward", all);
            if (bytes > 0) {
                throw new AssertionError("backward allocates " + bytes + " bytes");
            }
            counts.merge("allocations measured", 1, Integer::sum);
        }
        return some;
    }

    private static int[] lengths(Meaning<Rounded> meaning, List<Ref> refs) {
        return refs.stream().mapToInt(meaning::length).toArray();
    }

    /** Whether anything could be compared. */
    private boolean same(String method, Meaning<Rounded> meaning, List<Ref> refs, List<Object> found, boolean ties) {
        boolean some = false;
        for (int k = 0; k < refs.size(); k++) {
            double[] values = Called.WIDE.apply(found.get(k));
            for (int at = 0; at < values.length; at++) {
                Rounded expected;
                try {
                    expected = meaning.at(refs.get(k), at);
                } catch (Rounded.Undecided e) {
                    counts.merge("values undecided", 1, Integer::sum);
                    continue;
                }
                double most = (single ? 1e30 : 1e250);
                if (!Double.isFinite(expected.value()) || !(expected.magnitude() < most)) {
                    counts.merge("values not finite", 1, Integer::sum);
                    continue;
                }
                boolean bits = ties && exactly && expected.magnitude() < EXACT;
                double tolerance = OPERATIONS * (single ? SINGLE : EPSILON) * expected.magnitude();
                double error = Math.abs(values[at] - expected.value());
                if (!(error <= (bits ? 0 : tolerance + Double.MIN_NORMAL + (single ? Float.MIN_NORMAL : 0)))) {
                    throw new AssertionError(method + ": " + refs.get(k) + "{" + at + "} is " + values[at]
                            + ", its definition " + expected + (bits ? ", exactly" : ""));
                }
                some = true;
                counts.merge("values compared", 1, Integer::sum);
            }
        }
        return some;
    }
}
