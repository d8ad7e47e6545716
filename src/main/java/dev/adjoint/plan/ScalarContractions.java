package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.Unroll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans contractions in plain Java: in long runs where all bounds are fixed and that is cheaper, in register blocks
 * else.
 */
final class ScalarContractions {
    private final Tensors tensors;
    private final Known sizes;
    private final Scopes buffers;
    private final Border.Borders borders;
    private final StrongZeros zeros;
    private final Routines site;
    private final Options.Unroll unroll;
    private final Chooser chooser;

    /** A plan, and why it was taken. */
    record Way(Planned planned, Choice choice) {}

    ScalarContractions(
            Tensors tensors,
            Known sizes,
            Scopes buffers,
            Border.Borders borders,
            StrongZeros zeros,
            Routines site,
            Options.Unroll unroll,
            Chooser chooser) {
        this.tensors = tensors;
        this.sizes = sizes;
        this.buffers = buffers;
        this.borders = borders;
        this.zeros = zeros;
        this.site = site;
        this.unroll = unroll;
        this.chooser = chooser;
    }

    /**
     * The plan of a contraction.
     *
     * @param verb what the name of its routine begins with
     * @param definition the same with every read inside of its tensor
     * @param always whether it is planned in any case; else only if runs are cheaper than the loop nest of the
     *     definition
     */
    Optional<Way> plan(String verb, Contraction contraction, Definition definition, boolean always) {
        Ref target = contraction.definition().target();
        Set<Ref> reads = Routines.reads(contraction.definition());
        List<Border> needed = new ArrayList<>();
        Contraction inside = borders.apply(contraction, needed);
        List<RunChoice> runs = RunChoices.of(contraction, inside, tensors);
        List<Chooser.Candidate> candidates = new ArrayList<>();
        candidates.add(
                always
                        ? new Chooser.Candidate("loop nest in blocks", cycles(contraction, RunCost.SCALAR))
                        : new Chooser.Candidate("loop nest", cycles(contraction, RunCost.NEST)));
        runs.forEach(r -> candidates.add(new Chooser.Candidate(r, r.cycles())));
        String result = tensors.of(target).name();
        int taken = chooser.choose(result + " in plain Java", candidates);
        if (taken == 0 && !always) {
            return Optional.empty();
        }
        boolean isBordered = !needed.isEmpty();
        String name = verb + Planner.capital(result);
        String fast = isBordered ? name + "Bordered" : name;
        List<Routine> routines = new ArrayList<>();
        Choice choice;
        if (taken == 0) {
            Scopes names = site.scopes(target, reads);
            RegisterBlocks blocks = new RegisterBlocks(inside, tensors, sizes, names, unroll);
            // The narrower blocks of the remainders take about as much again.
            Unroll writing = new Unroll(unroll, Unroll.MOST / 2, names);
            choice = new Choice(result, blocks.name(), blocks.because());
            needed.forEach(b -> routines.add(b.routine()));
            Set<Ref> readsInside = Routines.reads(inside.definition());
            routines.add(site.routine(fast, target, readsInside, blocks.nest(writing)));
        } else {
            RunChoice run = runs.get(taken - 1);
            Ref still = run.layout().shape().still().ref();
            LongRuns plan = new LongRuns(run, tensors, sizes, buffers, () -> site.scopes(target, reads));
            List<Chooser.Candidate> considered = new ArrayList<>(candidates);
            considered.sort(Comparator.comparingDouble(Chooser.Candidate::cycles));
            choice = new Choice(result, run.toString(), plan.because(), considered);
            needed.stream().filter(b -> b.definition().target().equals(still)).forEach(b -> routines.add(b.routine()));
            routines.addAll(plan.routines(fast, reads));
        }
        List<Routine> all = isBordered
                ? List.of(zeros.guarded(name, contraction.finite(r -> r.pad() != null, tensors), routines, definition))
                : routines;
        return Optional.of(new Way(new Planned(all, List.of(), reads, Set.of()), choice));
    }

    private static double cycles(Contraction contraction, double product) {
        double cycles = product;
        for (Range range : contraction.indices()) {
            IntExpr extent = range.extent();
            cycles *= extent.isConstant() ? extent.constant() : 1;
        }
        return cycles;
    }
}
