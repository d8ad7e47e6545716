package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Plans one definition after the other: as terms that are scattered, as a contraction in long runs or in register
 * blocks, or as the loop nest of its equation, and first what is worth to be computed on its own.
 */
final class Strategies {
    private final Layer layer;
    private final Options.Unroll unroll;
    private final boolean filters;
    private final Optional<LaneCost> lanes;
    private final Set<Fun.Known> functions;
    private final Chooser chooser;
    /** What no local of any routine may be called: words and sizes. */
    private final Set<String> fixed;

    private final Extents extents;
    private final Known sizes;
    private final Scopes buffers;
    private final Tensors tensors;
    private final Hoist.Shared hoisted;
    private final Border.Borders borders;
    private final Map<Ref, Planned> planned = new LinkedHashMap<>();
    private final List<Choice> choices = new ArrayList<>();

    /**
     * @param lanes what vectors cost, if there are any
     * @param functions those that vectors compute
     * @param chooser decides between them
     * @param fixed what no local may be called
     * @param buffers the names of buffers that are still free
     */
    Strategies(
            Layer layer,
            Options options,
            Optional<LaneCost> lanes,
            Set<Fun.Known> functions,
            Chooser chooser,
            Extents extents,
            Tensors tensors,
            Set<String> fixed,
            Scopes buffers) {
        this.layer = layer;
        this.unroll = options.unroll();
        this.filters = options.winograd();
        this.lanes = lanes;
        this.functions = functions;
        this.chooser = chooser;
        this.extents = extents;
        this.tensors = tensors;
        this.fixed = Set.copyOf(fixed);
        this.buffers = buffers;
        this.sizes = extents.known(layer);
        this.hoisted = new Hoist.Shared(tensors, sizes, buffers, lanes.isPresent());
        this.borders = new Border.Borders(tensors, extents, sizes, buffers);
    }

    /** How each tensor is computed that was planned. */
    Map<Ref, Planned> planned() {
        return planned;
    }

    /** Which plan was taken for what, and why. */
    List<Choice> choices() {
        return choices;
    }

    /**
     * Plans a definition, and first what it is worth to compute on its own.
     *
     * @param padded the same right-hand side over whole ranges, with zero-padded reads; it may be the same
     */
    void plan(Definition definition, Expr padded) {
        Optional<Scatter> scatter = Scatter.of(extents.definition(definition));
        if (scatter.isPresent() && unroll != Options.Unroll.NONE) {
            plan(scatter.get());
            return;
        }
        Definition whole = definition.with(padded);
        if (unroll != Options.Unroll.NONE && !Effort.isDetour(whole, definition, layer)) {
            Optional<Contraction> contraction = Contraction.of(extents.definition(whole), tensors);
            if (contraction.isPresent()) {
                if (!vectors(contraction.get(), extents.definition(definition))
                        && !(lanes.isPresent() && nest(definition, false))) {
                    plan(contraction.get(), extents.definition(definition));
                }
                return;
            }
        }
        if (lanes.isPresent()) {
            Definition given = extents.definition(definition);
            Scopes indices = scopes(definition.target(), reads(given));
            definition.indices().forEach(r -> indices.take(r.name()));
            Optional<Contraction> contraction = BoxForm.of(given, tensors, sizes, indices);
            if (contraction.isPresent()
                    && !Effort.isDetour(contraction.get().definition(), given, layer)
                    && vectors(contraction.get(), given)) {
                return;
            }
        }
        nest(definition, true);
    }

    /**
     * Plans a definition as a loop nest.
     *
     * @param always whether as scalars, if vectors compute nothing of it
     * @return whether it is planned
     */
    private boolean nest(Definition definition, boolean always) {
        Expr rhs = new BoundConditions().expr(new FactorOut(sizes.within(definition.indices())).expr(definition.rhs()));
        List<Definition> parts = Hoist.apply(extents.definition(definition.with(rhs)), hoisted);
        if (!always && parts.size() > 1) {
            return false;
        }
        for (Definition part : parts.subList(0, parts.size() - 1)) {
            plan(part, part.rhs());
        }
        Definition last = parts.get(parts.size() - 1);
        return nest(clamped(last), reads(last), always);
    }

    private void plan(Scatter scatter) {
        Ref target = scatter.definition().target();
        Set<Ref> reads = reads(scatter.definition());
        Scopes names = scopes(target, reads);
        Step nest = scatter.nest(tensors.of(target), new Lowering(tensors, sizes, names));
        if (lanes.isPresent()) {
            nest = new Vectorize(functions, names::enter, UnaryOperator.identity(), true, (s, i) -> s)
                    .of(nest, sizes)
                    .orElse(nest);
        }
        choose(target, "terms added where they belong", "integers that are given say where");
        String name = "compute" + Planner.capital(tensors.of(target).name());
        List<Routine> routines = List.of(routine(name, target, reads, nest));
        planned.put(Tensors.plain(target), new Planned(routines, List.of(), reads, Set.of()));
    }

    private Definition clamped(Definition definition) {
        Known around = sizes.within(definition.indices());
        return definition.with(new ClampReads(tensors, around).expr(definition.rhs()));
    }

    /** Whether the contraction is planned with vectors. */
    private boolean vectors(Contraction contraction, Definition definition) {
        if (lanes.isEmpty()) {
            return false;
        }
        List<LaneWay> ways = new ArrayList<>(LaneChoices.of(contraction, tensors, sizes));
        ways.addAll(SumChoices.of(contraction, tensors, sizes));
        if (filters) {
            ways.addAll(TileChoices.of(contraction, tensors, sizes, lanes.get()));
        }
        if (ways.isEmpty()) {
            return false;
        }
        List<Chooser.Candidate> candidates = ways.stream()
                .map(c -> new Chooser.Candidate(c, c.cycles(lanes.get())))
                .toList();
        LaneWay choice = ways.get(
                chooser.choose(tensors.of(contraction.definition().target()).name(), candidates));
        Ref target = contraction.definition().target();
        Set<Ref> reads = reads(contraction.definition());
        Layouts layouts = new Layouts(contraction, tensors, sizes);
        List<Test> finite = finite(contraction, r -> layouts.inPlace(r).isEmpty());
        choice.guards().forEach(guard -> {
            finite.removeIf(t -> guard instanceof Test.Moderate m && t.equals(new Test.Finite(m.buffer())));
            if (!finite.contains(guard)) {
                finite.add(guard);
            }
        });
        boolean bordered = !finite.isEmpty();
        String name = "compute" + Planner.capital(tensors.of(target).name());
        LanePlan blocks = choice.plan(
                lanes.get(),
                new LanePlan.Site(
                        bordered ? name + "Bordered" : name,
                        tensors,
                        sizes,
                        buffers,
                        () -> scopes(target, reads),
                        functions));
        List<Routine> routines = blocks.routines();
        List<Chooser.Candidate> considered = new ArrayList<>(candidates);
        considered.sort(Comparator.comparingDouble(Chooser.Candidate::cycles));
        String why = chooser.because(tensors.of(target).name());
        String because = why.isEmpty() ? choice.because() : why + ": " + choice.because();
        choices.add(new Choice(tensors.of(target).name(), choice.toString(), because, considered));
        planned.put(
                Tensors.plain(target),
                new Planned(
                        bordered ? List.of(guarded(name, finite, routines, definition)) : routines,
                        blocks.preparations(),
                        reads,
                        Set.of()));
        return true;
    }

    /** @param definition the same with every read inside of its tensor, or padded */
    private void plan(Contraction contraction, Definition definition) {
        Ref target = contraction.definition().target();
        Set<Ref> reads = reads(contraction.definition());
        List<Border> needed = new ArrayList<>();
        List<Routine> routines = new ArrayList<>();
        Contraction inside = borders.apply(contraction, needed);
        String name = "compute" + Planner.capital(tensors.of(target).name());
        String fast = needed.isEmpty() ? name : name + "Bordered";
        Optional<LongRuns> runs = LongRuns.of(contraction, tensors, sizes, buffers, () -> scopes(target, reads));
        if (runs.isPresent()) {
            choose(target, runs.get().name(), runs.get().because());
            routines.addAll(runs.get().routines(fast, reads));
        } else {
            needed.forEach(b -> routines.add(b.routine()));
            routines.add(blocks(fast, inside));
        }
        planned.put(
                Tensors.plain(target),
                new Planned(
                        needed.isEmpty()
                                ? routines
                                : List.of(
                                        guarded(name, finite(contraction, r -> r.pad() != null), routines, definition)),
                        List.of(),
                        reads,
                        Set.of()));
    }

    private void choose(Ref target, String plan, String because) {
        choices.add(new Choice(tensors.of(target).name(), plan, because));
    }

    private Routine blocks(String name, Contraction contraction) {
        Ref target = contraction.definition().target();
        Set<Ref> reads = reads(contraction.definition());
        Scopes names = scopes(target, reads);
        RegisterBlocks blocks = new RegisterBlocks(contraction, tensors, sizes, names, mostSums(contraction));
        // The narrower blocks of the remainders take about as much again.
        Unroll writing = new Unroll(unroll, Unroll.MOST / 2, names);
        choose(target, blocks.name(), blocks.because());
        return routine(name, target, reads, blocks.nest(writing));
    }

    /** What must be finite where some operands are bordered by zeros: what these are multiplied with. */
    private List<Test> finite(Contraction contraction, Predicate<Expr.Read> isBordered) {
        List<Test> finite = new ArrayList<>();
        if (isBordered.test(contraction.left())) {
            finite.add(new Test.Finite(tensors.of(contraction.right().ref())));
        }
        if (isBordered.test(contraction.right())) {
            finite.add(new Test.Finite(tensors.of(contraction.left().ref())));
        }
        return finite;
    }

    /**
     * A border of zeros is as good as no entry only while what it is multiplied with is finite: a padded read is a
     * strong zero. Where an operand is not, the equation itself is computed.
     */
    private Routine guarded(String name, List<Test> finite, List<Routine> bordered, Definition definition) {
        Ref target = definition.target();
        Set<Ref> reads = reads(definition);
        Scopes names = scopes(target, reads);
        Unroll none = new Unroll(Options.Unroll.NONE, Unroll.MOST, names);
        Step nest = new Lowering(tensors, sizes, names).lower(clamped(definition), none);
        Routine strict = routine(name + "Clamped", target, reads, nest);
        List<Step> calls = new ArrayList<>();
        bordered.forEach(r -> calls.add(new Step.Call(r, List.of())));
        Step body = new Step.If(Test.all(finite), Step.block(calls), new Step.Call(strict, List.of()));
        Set<Buffer> buffers = new LinkedHashSet<>(strict.buffers());
        bordered.forEach(r -> buffers.addAll(r.buffers()));
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), body);
    }

    /** Where all taps of the innermost loop are to be written out, fewer sums leave room for them. */
    private int mostSums(Contraction contraction) {
        Range inner = contraction.reduced().get(contraction.reduced().size() - 1);
        if (unroll != Options.Unroll.FULL || !inner.extent().isConstant()) {
            return RegisterBlocks.MOST_SUMS;
        }
        long room = Unroll.MOST / 2 / Math.max(1, inner.extent().constant());
        return (int) Math.max(1, Math.min(RegisterBlocks.MOST_SUMS, room));
    }

    private boolean nest(Definition definition, Set<Ref> reads, boolean always) {
        Ref ref = definition.target();
        Buffer target = tensors.of(ref);
        Scopes names = scopes(ref, reads);
        Unroll writing = new Unroll(unroll, Unroll.MOST, names);
        Optional<Step> vectors = lanes.isPresent() ? vectors(definition, writing, names) : Optional.empty();
        if (vectors.isEmpty() && !always) {
            return false;
        }
        Step body = vectors.orElseGet(() -> new Lowering(tensors, sizes, names).lower(definition, writing));
        if (vectors.isEmpty()) {
            choices.add(choice(target, definition, writing.count() > 0));
        }
        planned.put(
                Tensors.plain(ref),
                new Planned(
                        List.of(routine("compute" + Planner.capital(target.name()), ref, reads, body)),
                        List.of(),
                        reads,
                        Elementwise.reads(definition)));
        return true;
    }

    /** The nest in vectors, if they compute any of it. */
    private Optional<Step> vectors(Definition definition, Unroll writing, Scopes names) {
        Unroll none = new Unroll(Options.Unroll.NONE, Unroll.MOST, names);
        Step nest = new Lowering(tensors, sizes, names).lower(definition, none);
        boolean again = Elementwise.reads(definition).isEmpty();
        Ref target = definition.target();
        String name = "compute" + Planner.capital(tensors.of(target).name()) + "Row";
        List<String> rows = new ArrayList<>();
        Vectorize.Outline outline = (body, indices) -> {
            rows.add(name + (rows.size() + 1));
            Step common = common(target, reads(definition), body);
            List<IntExpr> values = indices.stream().map(IntExpr::var).toList();
            String own = rows.get(rows.size() - 1);
            return new Step.Call(new Routine(own, List.of(), Mentioned.in(common), indices, common), values);
        };
        Vectorize vectorize = new Vectorize(functions, names::enter, writing::apply, again, outline);
        Optional<Step> vectors = vectorize.of(nest, sizes);
        if (vectors.isPresent()) {
            choose(definition.target(), vectorize.plan(), "neighbouring entries are computed alike");
        }
        return vectors;
    }

    private Choice choice(Buffer target, Definition definition, boolean written) {
        String plan = "loop nest in equation order" + (written ? ", short fixed loops written out" : "");
        if (unroll == Options.Unroll.NONE) {
            return new Choice(target.name(), plan, "unroll = none asks for it");
        }
        return Scatter.reduces(definition.rhs())
                ? new Choice(target.name(), plan, "it is no sum of products of two entries at affine places")
                : new Choice(target.name(), "one entry after the other", "each is read and written once");
    }

    private Routine routine(String name, Ref ref, Set<Ref> reads, Step body) {
        Buffer target = tensors.of(ref);
        Set<Buffer> buffers = new LinkedHashSet<>();
        reads.forEach(r -> buffers.add(tensors.of(r)));
        buffers.add(target);
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), common(ref, reads, body));
    }

    /** What several statements compute, computed once. */
    private Step common(Ref ref, Set<Ref> reads, Step body) {
        Step even = unroll == Options.Unroll.NONE ? body : new Branchless().step(body);
        Step called = new CommonCalls(free(ref, reads, even)).apply(even);
        Step loaded = new CommonLoads(free(ref, reads, called)).apply(called);
        return new CommonOffsets(free(ref, reads, loaded)).apply(loaded);
    }

    private static Set<Ref> reads(Definition definition) {
        Set<Ref> reads = new LinkedHashSet<>();
        Variables.refs(definition.rhs()).forEach(r -> reads.add(Tensors.plain(r)));
        return reads;
    }

    /** Names of locals that hide neither a field nor one of the buffers at hand. */
    private Scopes scopes(Ref target, Set<Ref> reads) {
        Set<String> taken = new HashSet<>(fixed);
        taken.addAll(extents.definitions().keySet());
        reads.forEach(r -> taken.add(tensors.of(r).name()));
        taken.add(tensors.of(target).name());
        return new Scopes(taken);
    }

    /** The same, but for those that the body has taken already. */
    private Scopes free(Ref target, Set<Ref> reads, Step body) {
        Scopes names = scopes(target, reads);
        Locals.of(body).forEach(names::take);
        return names;
    }
}
