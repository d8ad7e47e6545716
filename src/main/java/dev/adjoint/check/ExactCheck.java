package dev.adjoint.check;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Derived gradients against their definition, exactly: modulo 2^61 − 1 both forms of a gradient must equal the chain
 * rule with its Kronecker deltas at every free index, and every step must keep the value of the whole. Some of the data
 * is random over the whole field, where two different formulas agree with a probability of about 2^-58, some are small
 * integers, full of ties. Every step rewrites a part of what the step before left ({@link Chain}), and is compared at one
 * point at least wherever there is one. The definition in turn is held against dual numbers carried through the whole layer.
 */
public final class ExactCheck {
    /** At how many entries of a tensor the whole layer is carried through in dual numbers. */
    private static final int DUAL_ENTRIES = 3;

    /** Every read that has no pad gets zero for one. */
    private static final Rewriter BORDER = new Rewriter() {
        @Override
        public Expr expr(Expr e) {
            Expr inner = super.expr(e);
            return inner instanceof Expr.Read r && r.pad() == null
                    ? new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO)
                    : inner;
        }
    };

    private final Settings settings;

    /**
     * How derivations are checked.
     *
     * @param sizeSets at how many choices of sizes; at the first with ties, too
     * @param forwardWork the operations that one forward pass may take
     * @param gradientWork the operations that the definition of one gradient may take; of a larger one some entries are
     *     compared
     * @param stepPoints at how many points of each gradient the steps are checked
     */
    public record Settings(long seed, int sizeSets, double forwardWork, double gradientWork, int stepPoints) {
        public static final Settings DEFAULT = new Settings(20170521L, 3, 600, 1e5, 2);

        public Settings withSeed(long other) {
            return new Settings(other, sizeSets, forwardWork, gradientWork, stepPoints);
        }
    }

    public ExactCheck(Settings settings) {
        this.settings = settings;
    }

    public ExactReport check(Derivation derivation) {
        return new Run(derivation).run();
    }

    private final class Run {
        private final Derivation derivation;
        private final Layer layer;
        private final Set<String> failures = new LinkedHashSet<>();
        private final Set<String> tooLarge = new TreeSet<>();
        /** Those that were compared at no point so far. */
        private final Map<Step, String> open = new IdentityHashMap<>();

        private final Random random;
        private int trials;
        private long compared;
        private long undefined;

        Run(Derivation derivation) {
            this.derivation = derivation;
            this.layer = derivation.layer();
            this.random = new Random(settings.seed() + layer.name().hashCode());
        }

        ExactReport run() {
            List<Map<String, Long>> sets = SizeSets.find(layer, settings.sizeSets(), settings.forwardWork(), random);
            if (sets.isEmpty()) {
                failures.add("no sizes were found that the layer allows");
            }
            for (Tensor tensor : layer.differentiable()) {
                if (derivation.of(tensor.name()).isEmpty()) {
                    failures.add("grad " + tensor.name() + " was not derived");
                }
            }
            for (Gradient gradient : derivation.gradients()) {
                failures.addAll(Chain.faults(gradient));
                for (List<Step> steps : List.of(gradient.steps(), gradient.paddedSteps())) {
                    steps.forEach(step -> open.put(
                            step,
                            gradient.ref() + ": " + step.rule() + ": " + Printer.print(step.part()) + "  →  "
                                    + Printer.print(step.replacement())));
                }
            }
            for (Map<String, Long> sizes : sets) {
                trial(sizes, false);
            }
            if (!sets.isEmpty()) {
                trial(sets.get(0), true);
            }
            return new ExactReport(
                    layer.name(),
                    trials,
                    compared,
                    undefined,
                    List.copyOf(tooLarge),
                    open.values().stream().sorted().toList(),
                    List.copyOf(failures));
        }

        private void trial(Map<String, Long> sizes, boolean ties) {
            if (failures.isEmpty()) {
                trial(ExactData.draw(layer, sizes, random.nextLong(), ties));
                trials++;
            }
        }

        private void trial(ExactData data) {
            for (Gradient gradient : derivation.gradients()) {
                data.tensors.define(gradient.ref(), gradient.indices(), gradient.raw());
            }
            for (Gradient gradient : derivation.gradients()) {
                double work = work(data, gradient);
                int length = data.tensors.length(gradient.ref());
                if (work > 10 * settings.gradientWork()) {
                    tooLarge.add("grad " + gradient.of().name());
                    continue;
                }
                int[] entries = Setup.sample(length, settings.gradientWork() / work, random);
                for (int entry : entries) {
                    Value raw = value(data, gradient, gradient.raw(), entry);
                    if (raw.failure() != null) {
                        undefined++;
                        continue;
                    }
                    same(data, gradient, "clamped formula", gradient.formula(), entry, raw);
                    same(data, gradient, "padded formula", gradient.padded(), entry, raw);
                }
                int[] points = settings.stepPoints() == 0
                        ? new int[0]
                        : Setup.sample(entries.length, settings.stepPoints(), random);
                for (int point : points) {
                    steps(data, gradient, gradient.steps(), entries[point]);
                    steps(data, gradient, gradient.paddedSteps(), entries[point]);
                }
            }
            endToEnd(data);
        }

        /** The operations of one entry by all three formulas. */
        private double work(ExactData data, Gradient gradient) {
            double work = 1;
            for (Expr e : List.of(gradient.raw(), gradient.formula(), gradient.padded())) {
                work += Work.of(e, gradient.indices(), data.sizes);
            }
            return work;
        }

        private void same(ExactData data, Gradient gradient, String what, Expr e, int entry, Value expected) {
            Value found = value(data, gradient, e, entry);
            if (found.isInfinite()) {
                undefined++;
                return;
            }
            compared++;
            if (!found.equals(expected)) {
                failures.add(data.entry(gradient, entry) + ": the " + what + " is " + found + ", the definition "
                        + expected + "; formula " + Printer.print(e) + " (" + data.where() + ")");
            }
        }

        /**
         * Each expression of a chain of steps is evaluated once: a step begins where the one before ended. Of a chain that
         * is too much work some steps are taken at random, and those that were never compared before.
         */
        private void steps(ExactData data, Gradient gradient, List<Step> steps, int entry) {
            IdentityHashMap<Expr, Value> values = new IdentityHashMap<>();
            double share = settings.gradientWork() / (1 + steps.size() * work(data, gradient) / 3);
            for (Step step : steps) {
                if (random.nextDouble() >= share && !open.containsKey(step)) {
                    continue;
                }
                Value before = values.computeIfAbsent(step.before(), e -> bordered(data, gradient, e, entry));
                Value after = values.computeIfAbsent(step.after(), e -> bordered(data, gradient, e, entry));
                boolean pole = data.ties && after.isPole();
                if (before.failure() != null || after.isInfinite() || after.isOutside() || pole) {
                    // At a pole a derivative of 0 is a strong zero, until it is put in; the results have to do without.
                    undefined++;
                    continue;
                }
                compared++;
                open.remove(step);
                if (!after.equals(before)) {
                    failures.add(data.entry(gradient, entry) + ": the step \"" + step.rule() + "\" changes " + before
                            + " to "
                            + after + "; " + Printer.print(step.part()) + "  →  " + Printer.print(step.replacement())
                            + " ("
                            + data.where() + ")");
                    return;
                }
            }
        }

        /** Within a derivation a tensor is zero outside its shape; the results have to do without. */
        private Value bordered(ExactData data, Gradient gradient, Expr e, int entry) {
            Value value = value(data, gradient, e, entry);
            return value.isOutside() ? value(data, gradient, BORDER.expr(e), entry) : value;
        }

        private Value value(ExactData data, Gradient gradient, Expr e, int entry) {
            return Value.of(() -> data.tensors.value(e, gradient.indices(), data.tensors.shape(gradient.ref()), entry));
        }

        /** {@code Σ delta · d(output)} through the whole layer is the definition's chain of adjoints. */
        private void endToEnd(ExactData data) {
            if (data.forwardWork() * 2 > settings.gradientWork()) {
                return;
            }
            for (Tensor tensor : layer.differentiable()) {
                Gradient gradient = derivation.of(tensor.name()).orElseThrow();
                int length = data.tensors.length(gradient.ref());
                for (int entry : Setup.sample(length, DUAL_ENTRIES, random)) {
                    Value dual = Value.of(() -> data.tangent(tensor, entry));
                    if (dual.failure() != null) {
                        undefined++;
                        continue;
                    }
                    Value raw = Value.of(() -> data.tensors.at(gradient.ref(), entry));
                    compared++;
                    if (raw.failure() == null && !raw.equals(dual)) {
                        failures.add(data.entry(gradient, entry) + ": the chain rule gives " + raw + ", dual numbers "
                                + dual + " (" + data.where() + ")");
                    }
                }
            }
        }
    }
}
