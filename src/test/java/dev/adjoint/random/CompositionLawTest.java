package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ExactCheck;
import dev.adjoint.check.ExactReport;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * {@code (A then B)(x) = B(A(x))}, and its gradients are those of A for the error that B sends back, for random layers at
 * random sizes: what a let, a renamed tensor, a matched size, several axes in the place of one, or a flat copy stand for
 * is held against the two layers by themselves. What is derived of both in one is the chain rule's, exactly; and what is
 * printed of the chain can be read again.
 */
class CompositionLawTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 100);

    private final Map<String, Integer> tally = new TreeMap<>();

    @Test
    void aChainIsTheOneLayerOfTheOther() {
        List<String> failures = new ArrayList<>();
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            Optional<RandomChains.Chain> chain = RandomChains.draw(seed);
            note(chain.isPresent() ? "chains" : "layers that do not fit");
            chain.ifPresent(c -> {
                try {
                    failures.addAll(failures(c));
                } catch (RuntimeException | StackOverflowError | AssertionError e) {
                    failures.add("seed " + c.seed() + "\n" + c.text()
                            + LayerText.print(c.both().layer()) + e);
                }
            });
        }
        System.out.println("seed " + SEED + ": " + tally);
        assertThat(failures).isEmpty();
        assertThat(tally.keySet())
                .as("what occurs: %s", tally)
                .contains("one axis for several", "a flat copy", "axes as they are", "a new name");
        assertThat(tally.get("values compared")).as("%s", tally).isGreaterThan(10 * COUNT);
    }

    private void note(String what) {
        tally.merge(what, 1, Integer::sum);
    }

    private List<String> failures(RandomChains.Chain chain) {
        List<String> failures = new ArrayList<>();
        Derivation derivation = Derive.derive(chain.both().layer());
        ExactReport report = new ExactCheck(new ExactCheck.Settings(chain.seed(), 1, 100, 1e4, 0)).check(derivation);
        failures.addAll(report.failures());
        failures.addAll(readBack(chain.both().layer()));
        Random random = new Random(chain.seed());
        for (int largest : new int[] {4, 3, 2}) {
            Optional<Map<String, Long>> sizes = sizes(chain.both().layer(), random, largest);
            if (sizes.isPresent()) {
                failures.addAll(compare(chain, derivation, sizes.get(), random));
                break;
            }
        }
        failures.replaceAll(f -> "seed " + chain.seed() + "\n" + chain.text()
                + LayerText.print(chain.both().layer()) + f);
        return failures;
    }

    private static Optional<Map<String, Long>> sizes(Layer layer, Random random, int largest) {
        for (int attempt = 0; attempt < 100; attempt++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            layer.sizes().forEach(s -> sizes.put(s.name(), 1L + random.nextInt(largest)));
            if (Meaning.allows(layer, sizes)) {
                return Optional.of(sizes);
            }
        }
        return Optional.empty();
    }

    /** The equations as they are printed mean the same tree: no index has the name of a size or of a tensor. */
    private static List<String> readBack(Layer layer) {
        Layer read = Specs.parse("chain.layer", LayerText.print(layer), Importers.library())
                .layers()
                .get(0);
        List<String> failures = new ArrayList<>();
        for (int k = 0; k < layer.equations().size(); k++) {
            Equation e = layer.equations().get(k);
            Equation again = read.equations().get(k);
            if (!again.indices().equals(e.indices())
                    || !Printer.print(again.rhs()).equals(Printer.print(e.rhs()))) {
                failures.add(e.target().name() + " reads back as " + Printer.print(again.rhs()));
            }
        }
        return failures;
    }

    // ---- the two layers by themselves

    /** What the names of the second layer are in the chain, said anew: those that collide get the first number that does not. */
    private static Map<String, String> names(RandomChains.Chain chain) {
        Set<String> taken = new HashSet<>();
        chain.first().sizes().forEach(s -> taken.add(s.name()));
        chain.first().tensors().forEach(t -> taken.add(t.name()));
        Set<String> matched = new HashSet<>();
        chain.fed().shape().forEach(e -> matched.addAll(e.variables()));
        Set<String> own = new LinkedHashSet<>();
        chain.second().sizes().stream()
                .map(Size::name)
                .filter(n -> !matched.contains(n))
                .forEach(own::add);
        chain.second().tensors().forEach(t -> own.add(t.name()));
        Map<String, String> names = new HashMap<>();
        for (int number = 2; names.isEmpty(); number++) {
            for (String name : own) {
                String other = name + (name.matches(".*[0-9]") ? "_" : "") + number;
                names.put(name, taken.contains(name) ? other : name);
            }
            Set<String> all = new HashSet<>(taken);
            if (!names.values().stream().allMatch(all::add)) {
                names.clear();
            }
        }
        return names;
    }

    private List<String> compare(
            RandomChains.Chain chain, Derivation derivation, Map<String, Long> sizes, Random random) {
        Layer both = chain.both().layer();
        Layer first = chain.first();
        Layer second = chain.second();
        Tensor output = first.outputs().get(0);
        Tensor fed = chain.fed();
        Map<String, String> names = names(chain);
        Map<String, Long> later = new LinkedHashMap<>();
        List<Long> given =
                output.shape().stream().map(e -> Meaning.integer(e, sizes)).toList();
        List<Long> taken =
                fed.rank() == given.size() ? given : List.of(given.stream().reduce(1L, (a, b) -> a * b));
        note(
                fed.rank() == given.size()
                        ? "axes as they are"
                        : both.tensor(names.get(fed.name()))
                                        .filter(t -> t.role() == Tensor.Role.LET)
                                        .isPresent()
                                ? "a flat copy"
                                : "one axis for several");
        for (int k = 0; k < fed.rank(); k++) {
            IntExpr axis = fed.shape().get(k);
            long here = taken.get(k);
            axis.asVariable().ifPresent(name -> later.put(name, here));
        }
        for (Size size : second.sizes()) {
            if (!later.containsKey(size.name())) {
                later.put(size.name(), sizes.get(names.get(size.name())));
            }
        }
        DoubleField field = new DoubleField();
        Meaning<Double> whole = new Meaning<>(both, sizes, field).with(derivation, false);
        Meaning<Double> a = new Meaning<>(first, sizes, field).with(Derive.derive(first), false);
        Meaning<Double> b = new Meaning<>(second, later, field).with(Derive.derive(second), false);
        for (Tensor t : first.given()) {
            give(t, random, sizes, List.of(a, whole), List.of(t.name(), t.name()));
        }
        Ref x = Ref.value(output.name());
        b.give(Ref.value(fed.name()), entries(a, x));
        for (Tensor t : second.given()) {
            if (!t.equals(fed)) {
                String name = names.get(t.name());
                note(name.equals(t.name()) ? "a name as it was" : "a new name");
                give(t, random, later, List.of(b, whole), List.of(t.name(), name));
            }
        }
        boolean sole = second.outputs().size() == 1;
        for (Tensor t : second.outputs()) {
            List<Double> delta = values(random, b.length(Ref.value(t.name())));
            b.give(Ref.delta(t.name(), sole), delta);
            whole.give(Ref.delta(names.get(t.name()), sole), delta);
        }
        a.give(Ref.delta(output.name(), true), entries(b, Ref.grad(fed.name())));

        List<String> failures = new ArrayList<>();
        failures.addAll(differ(whole, x, a, x));
        for (Equation e : second.equations()) {
            String name = e.target().name();
            failures.addAll(differ(whole, Ref.value(names.get(name)), b, Ref.value(name)));
        }
        for (Tensor t : first.differentiable()) {
            failures.addAll(differ(whole, Ref.grad(t.name()), a, Ref.grad(t.name())));
        }
        for (Tensor t : second.differentiable()) {
            if (!t.equals(fed)) {
                Ref grad = Ref.grad(names.get(t.name()));
                failures.addAll(differ(whole, grad, b, Ref.grad(t.name())));
            }
        }
        failures.replaceAll(f -> f + " at " + sizes);
        return failures;
    }

    private static void give(
            Tensor t, Random random, Map<String, Long> sizes, List<Meaning<Double>> to, List<String> names) {
        int length = to.get(0).length(Ref.value(t.name()));
        long[] integers = new long[length];
        List<Double> values = values(random, length);
        for (int k = 0; k < length && t.isInteger(); k++) {
            integers[k] = random.nextInt((int) Meaning.integer(t.limit().orElseThrow(), sizes));
        }
        for (int k = 0; k < to.size(); k++) {
            if (t.isInteger()) {
                to.get(k).give(names.get(k), integers);
            } else {
                to.get(k).give(Ref.value(names.get(k)), values);
            }
        }
    }

    private static List<Double> values(Random random, int length) {
        return random.doubles(length, -2, 2).boxed().toList();
    }

    private static List<Double> entries(Meaning<Double> meaning, Ref ref) {
        List<Double> entries = new ArrayList<>();
        for (int k = 0; k < meaning.length(ref); k++) {
            entries.add(meaning.at(ref, k));
        }
        return entries;
    }

    private List<String> differ(Meaning<Double> whole, Ref here, Meaning<Double> part, Ref there) {
        List<String> failures = new ArrayList<>();
        if (whole.length(here) != part.length(there)) {
            return List.of(here + " has " + whole.length(here) + " entries, " + there + " " + part.length(there));
        }
        for (int k = 0; k < whole.length(here); k++) {
            int at = k;
            double chain = orNaN(() -> whole.at(here, at));
            double alone = orNaN(() -> part.at(there, at));
            double scale = Math.max(1, Math.max(Math.abs(chain), Math.abs(alone)));
            note("values compared");
            if (!(Math.abs(chain - alone) <= 1e-9 * scale) && Double.compare(chain, alone) != 0) {
                failures.add(
                        here + " is " + chain + " at entry " + k + " of the chain, and " + alone + " of the layers");
                break;
            }
        }
        return failures;
    }

    private static double orNaN(Supplier<Double> value) {
        return value.get();
    }
}
