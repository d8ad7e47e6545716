package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.lang.Layer;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.BoundConditions;
import dev.adjoint.lower.ClampReads;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Effort;
import dev.adjoint.lower.Elementwise;
import dev.adjoint.lower.Extents;
import dev.adjoint.lower.FactorOut;
import dev.adjoint.lower.Fusion;
import dev.adjoint.lower.Hoist;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Scatter;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.EdgesApart;
import dev.adjoint.transform.Outline;
import dev.adjoint.transform.Searches;
import dev.adjoint.transform.Unroll;
import dev.adjoint.transform.Vectorize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final Extents extents;
    private final Known sizes;
    private final Scopes buffers;
    private final Tensors tensors;
    private final Hoist.Shared hoisted;
    private final ScalarContractions scalars;
    private final Routines site;
    private final StrongZeros zeros;
    private final Map<Ref, Planned> planned = new LinkedHashMap<>();
    private final Map<Ref, Fused> fused = new LinkedHashMap<>();
    private final List<Choice> choices = new ArrayList<>();

    /** What the names of routines begin with: {@code compute}, and {@code fuse} where lets are put in. */
    private String verb = "compute";

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
        this.site = new Routines(extents, tensors, fixed, unroll == Options.Unroll.NONE);
        this.buffers = buffers;
        this.sizes = extents.known(layer);
        this.zeros = new StrongZeros(tensors, sizes, site);
        this.hoisted = new Hoist.Shared(tensors, sizes, buffers, lanes.isPresent() || unroll == Options.Unroll.AUTO);
        this.scalars = new ScalarContractions(
                tensors,
                sizes,
                buffers,
                new Border.Borders(tensors, extents, sizes, buffers),
                zeros,
                site,
                unroll,
                chooser);
    }

    /** How each tensor is computed that was planned. */
    Map<Ref, Planned> planned() {
        return planned;
    }

    /** Which plan was taken for what, and why. */
    List<Choice> choices() {
        return choices;
    }

    /** How equations are computed where the lets that were put in are not needed by themselves. */
    Map<Ref, Fused> fused() {
        return fused;
    }

    /**
     * Plans an equation, which is planned already, with lets put in, if that is a contraction: what the equation does to
     * a sum is done where the sum ends.
     */
    void fuse(Fusion fusion) {
        if (unroll == Options.Unroll.NONE) {
            return;
        }
        Ref target = Tensors.plain(fusion.definition().target());
        Planned alone = Objects.requireNonNull(planned.get(target));
        List<Choice> before = List.copyOf(choices);
        verb = "fuse";
        if (isPlanned(extents.definition(fusion.definition()))) {
            List<String> lets =
                    fusion.lets().stream().map(let -> tensors.of(let).name()).toList();
            Choice choice = choices.get(choices.size() - 1).with(lets);
            fused.put(target, new Fused(Objects.requireNonNull(planned.get(target)), fusion.lets(), choice));
        }
        verb = "compute";
        planned.put(target, alone);
        choices.clear();
        choices.addAll(before);
    }

    /** Whether the definition, with lets put in, is planned as a contraction that is not too long. */
    private boolean isPlanned(Definition definition) {
        try {
            return contracts(definition);
        } catch (Unroll.TooLong apart) {
            return false;
        }
    }

    /** The same; with vectors, where there are any. */
    private boolean contracts(Definition definition) {
        List<IntExpr> place = definition.indices().stream().map(Range::index).toList();
        Optional<Contraction> contraction = Contraction.of(definition, place, true, tensors);
        if (lanes.isEmpty()) {
            contraction.ifPresent(c -> plan(c, definition, true));
            return contraction.isPresent();
        }
        return contraction
                .or(() -> boxForm(definition, true))
                .filter(c -> vectors(c, definition))
                .isPresent();
    }

    private Optional<Contraction> boxForm(Definition definition, boolean total) {
        Scopes indices = site.scopes(definition.target(), Routines.reads(definition));
        definition.indices().forEach(r -> indices.take(r.name()));
        return BoxForm.of(definition, total, tensors, sizes, indices)
                .filter(c -> !Effort.isDetour(c.definition(), definition, layer));
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
                    plan(contraction.get(), extents.definition(definition), true);
                }
                return;
            }
        }
        if (unroll != Options.Unroll.NONE || lanes.isPresent()) {
            Definition given = extents.definition(definition);
            if (boxForm(given, false)
                    .filter(c -> lanes.isPresent() ? vectors(c, given) : plan(c, given, false))
                    .isPresent()) {
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
        return nest(clamped(last), Routines.reads(last), always);
    }

    private void plan(Scatter scatter) {
        Ref target = scatter.definition().target();
        Set<Ref> reads = Routines.reads(scatter.definition());
        Scopes names = site.scopes(target, reads);
        Step nest = scatter.nest(tensors.of(target), new Lowering(tensors, sizes, names));
        if (lanes.isPresent()) {
            nest = new Vectorize(functions, names::enter, UnaryOperator.identity(), true, (s, i) -> s)
                    .of(nest, sizes)
                    .orElse(nest);
        }
        choose(target, "terms added where they belong", "integers that are given say where");
        String name = "compute" + Planner.capital(tensors.of(target).name());
        List<Routine> routines = List.of(site.routine(name, target, reads, nest));
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
        ways.addAll(RollingChoices.of(contraction, tensors, sizes));
        ways.addAll(SumChoices.of(contraction, tensors, sizes));
        if (filters) {
            ways.addAll(TileChoices.of(contraction, tensors, sizes, lanes.get()));
            ways.addAll(TileSumChoices.of(contraction, tensors, sizes, lanes.get()));
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
        Set<Ref> reads = Routines.reads(contraction.definition());
        Layouts layouts = new Layouts(contraction, tensors, sizes);
        List<Test> tests =
                StrongZeros.all(contraction.finite(r -> layouts.inPlace(r).isEmpty(), tensors), choice.guards());
        boolean bordered = !tests.isEmpty();
        String name = verb + Planner.capital(tensors.of(target).name());
        LanePlan blocks = choice.plan(
                lanes.get(),
                new LanePlan.Site(
                        bordered ? name + "Bordered" : name,
                        tensors,
                        sizes,
                        buffers,
                        () -> site.scopes(target, reads),
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
                        bordered ? List.of(zeros.guarded(name, tests, routines, clamped(definition))) : routines,
                        blocks.preparations(),
                        reads,
                        Set.of()));
        return true;
    }

    /** Whether a contraction is planned without vectors: for that it must be worth it, if a loop nest is a way too. */
    private boolean plan(Contraction contraction, Definition definition, boolean always) {
        return scalars.plan(verb, contraction, clamped(definition), always)
                .map(way -> {
                    choices.add(way.choice());
                    planned.put(Tensors.plain(definition.target()), way.planned());
                    return way;
                })
                .isPresent();
    }

    private void choose(Ref target, String plan, String because) {
        choices.add(new Choice(tensors.of(target).name(), plan, because));
    }

    private boolean nest(Definition definition, Set<Ref> reads, boolean always) {
        Ref ref = definition.target();
        Buffer target = tensors.of(ref);
        Scopes names = site.scopes(ref, reads);
        Unroll writing = new Unroll(unroll, Unroll.MOST, names);
        UnaryOperator<Step> search = search(names);
        Optional<Step> rows = rows(definition, site.scopes(ref, reads));
        if (rows.isEmpty() && !always) {
            return false;
        }
        Step body = rows.orElseGet(() ->
                new Lowering(tensors, sizes, names).lower(definition, entry -> writing.apply(search.apply(entry))));
        if (rows.isEmpty()) {
            choices.add(Choice.nest(target, definition, unroll, writing.count() > 0));
        }
        planned.put(
                Tensors.plain(ref),
                new Planned(
                        List.of(site.routine("compute" + Planner.capital(target.name()), ref, reads, body)),
                        List.of(),
                        reads,
                        Elementwise.reads(definition)));
        return true;
    }

    /** The nest in vectors, if they compute any of it; without them, its edges apart. */
    private Optional<Step> rows(Definition definition, Scopes names) {
        if (lanes.isEmpty() && unroll != Options.Unroll.AUTO) {
            return Optional.empty();
        }
        Unroll writing = new Unroll(unroll, Unroll.MOST, names);
        Step nest = new Lowering(tensors, sizes, names).lower(definition, search(names));
        Outline outline = site.outline(definition.target(), Routines.reads(definition));
        if (lanes.isPresent()) {
            boolean again = Elementwise.reads(definition).isEmpty();
            Vectorize vectorize = new Vectorize(functions, names::enter, writing::apply, again, outline);
            Optional<Step> vectors = vectorize.of(nest, sizes);
            vectors.ifPresent(
                    v -> choose(definition.target(), vectorize.plan(), "neighbouring entries are computed alike"));
            return vectors;
        }
        EdgesApart edges = new EdgesApart(names::enter, writing::apply, outline);
        Optional<Step> apart = edges.of(nest, sizes);
        String plan = "loop nest in equation order, " + edges.plan();
        apart.ifPresent(a -> choose(definition.target(), plan, "away from the borders nothing is asked"));
        return apart;
    }

    private UnaryOperator<Step> search(Scopes names) {
        return unroll == Options.Unroll.AUTO ? new Searches(sizes, names::enter)::step : s -> s;
    }
}
