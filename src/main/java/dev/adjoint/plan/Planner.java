package dev.adjoint.plan;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Scopes;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Extents;
import dev.adjoint.lower.Fusion;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.Sharing;
import dev.adjoint.transform.Unroll;
import dev.adjoint.transform.Vectorize;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides how a class computes its layer: what its arrays are, how each is computed, and what each method runs. */
public final class Planner {
    private final Generate generate;
    private final Layer layer;
    private final Derivation derivation;
    private final Set<String> reserved;
    private final Extents extents;
    private final Tensors tensors = new Tensors();
    private final Map<String, Buffer> byTensor = new LinkedHashMap<>();
    private final Strategies strategies;
    private final Set<String> fixed;

    private Planner(
            Generate generate,
            Derivation derivation,
            Set<String> reserved,
            Generate.Options.Target target,
            Chooser chooser) {
        this.generate = generate;
        this.layer = generate.layer();
        this.derivation = derivation;
        this.reserved = reserved;
        Set<String> taken = new HashSet<>(reserved);
        layer.sizes().forEach(s -> taken.addAll(List.of(s.name(), safe(s.name()))));
        this.fixed = Set.copyOf(taken);
        layer.tensors().forEach(t -> taken.addAll(List.of(t.name(), safe(t.name()))));
        derivation.gradients().forEach(g -> g.indices().forEach(i -> taken.add(i.name())));
        layer.equations().forEach(e -> e.indices().forEach(i -> taken.add(i.name())));
        this.extents = Extents.of(layer, taken);
        name();
        tensors.all().forEach(b -> taken.add(b.name()));
        boolean single = generate.options().type() == Generate.Options.Type.FLOAT;
        Optional<LaneCost> lanes = target == Generate.Options.Target.PORTABLE
                        || generate.options().unroll() == Generate.Options.Unroll.NONE
                ? Optional.empty()
                : Optional.of(new LaneCost(extents.typical(layer), single ? 16 : 8));
        this.strategies = new Strategies(
                layer,
                generate.options(),
                lanes,
                single ? Vectorize.SINGLE : Vectorize.ARITHMETIC,
                chooser,
                extents,
                tensors,
                fixed,
                new Scopes(taken));
    }

    /**
     * The plan of a class.
     *
     * @param reserved words that no buffer, size or local may be called by
     * @param target whether it may use vectors
     * @param chooser decides where there are several ways
     * @throws AdjointException if it is to be written out and would be too long
     */
    public static ClassPlan plan(
            Generate generate,
            Derivation derivation,
            Set<String> reserved,
            Generate.Options.Target target,
            Chooser chooser) {
        return plan(generate, derivation, reserved, target, chooser, Sharing.LEAST);
    }

    /** @param least how many operations are worth the help of another thread */
    static ClassPlan plan(
            Generate generate,
            Derivation derivation,
            Set<String> reserved,
            Generate.Options.Target target,
            Chooser chooser,
            long least) {
        return new Planner(generate, derivation, reserved, target, chooser).plan(least);
    }

    private ClassPlan plan(long least) {
        try {
            planDefinitions();
        } catch (Unroll.TooLong e) {
            throw new AdjointException(List.of(Diagnostic.error(
                            "E014",
                            generate.place(),
                            "unroll = full would write out a loop of " + e.getMessage() + " statements")
                    .note("a method takes at most " + Unroll.MOST + ": HotSpot never compiles a longer one", null)
                    .help("leave unroll out, or leave a size open")));
        }
        Map<Ref, Planned> planned = new LinkedHashMap<>(strategies.planned());
        Map<Ref, Fused> fused = new LinkedHashMap<>(strategies.fused());
        if (generate.options().parallel()) {
            Sharing sharing = new Sharing(extents.typical(layer), extents.known(layer), fixed, least);
            planned.values().forEach(each -> sharing.take(each.routines()));
            fused.values().forEach(each -> sharing.take(each.plan().routines()));
            planned.replaceAll((ref, each) -> each.map(sharing::routine));
            fused.replaceAll((ref, each) -> new Fused(each.plan().map(sharing::routine), each.lets(), each.choice()));
        }
        return new Assembly(generate, derivation, tensors, byTensor, planned, fused)
                .plan(extents.definitions(), strategies.choices());
    }

    private void planDefinitions() {
        for (Equation equation : layer.equations()) {
            Ref target = Ref.value(equation.target().name());
            strategies.plan(new Definition(target, equation.indices(), equation.rhs()), equation.rhs());
            if (!generate.options().save()) {
                Fusion.of(layer, equation).ifPresent(strategies::fuse);
            }
        }
        for (Gradient gradient : derivation.gradients()) {
            strategies.plan(new Definition(gradient.ref(), gradient.indices(), gradient.formula()), gradient.padded());
        }
    }

    /** Buffers for everything that has a name in the layer. */
    private void name() {
        boolean sole = layer.outputs().size() == 1;
        for (Tensor tensor : layer.tensors()) {
            Buffer.Role role = switch (tensor.role()) {
                case INPUT, PARAM, CONST -> Buffer.Role.GIVEN;
                case OUTPUT -> Buffer.Role.RESULT;
                case LET -> Buffer.Role.SCRATCH;
            };
            Buffer buffer = new Buffer(safe(tensor.name()), role, tensor.isInteger(), extents.shape(tensor.shape()));
            byTensor.put(tensor.name(), buffer);
            tensors.put(Ref.value(tensor.name()), buffer);
            String capital = capital(tensor.name());
            if (tensor.role() == Tensor.Role.OUTPUT) {
                String name = sole ? "delta" : "delta" + capital;
                tensors.put(Ref.delta(tensor.name(), sole), new Buffer(name, Buffer.Role.GIVEN, false, buffer.shape()));
            }
            Buffer.Role gradient = tensor.hasGradient() ? Buffer.Role.RESULT : Buffer.Role.SCRATCH;
            tensors.put(Ref.grad(tensor.name()), new Buffer("grad" + capital, gradient, false, buffer.shape()));
        }
    }

    private String safe(String name) {
        return reserved.contains(name) ? name + "_" : name;
    }

    /** As it stands in the name of a method: {@code w → W}. */
    public static String capital(String name) {
        int first = name.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toUpperCase(first))
                .append(name.substring(Character.charCount(first)))
                .toString();
    }

    /** The sizes that a class' constructor takes. */
    public static List<String> open(Generate generate) {
        return generate.open().stream().map(Size::name).toList();
    }
}
