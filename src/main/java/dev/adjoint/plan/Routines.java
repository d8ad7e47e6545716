package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Locals;
import dev.adjoint.loop.Mentioned;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Extents;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.Branchless;
import dev.adjoint.transform.CommonCalls;
import dev.adjoint.transform.CommonLoads;
import dev.adjoint.transform.CommonOffsets;
import dev.adjoint.transform.Outline;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes routines of statements: what several of these compute is computed once, and no local hides another name. */
final class Routines {
    private final Extents extents;
    private final Tensors tensors;
    private final Set<String> fixed;
    private final boolean plain;

    /**
     * @param fixed what no local may be called
     * @param plain whether conditions stay branches
     */
    Routines(Extents extents, Tensors tensors, Set<String> fixed, boolean plain) {
        this.extents = extents;
        this.tensors = tensors;
        this.fixed = Set.copyOf(fixed);
        this.plain = plain;
    }

    /** A routine that computes a tensor from others. */
    Routine routine(String name, Ref ref, Set<Ref> reads, Step body) {
        Buffer target = tensors.of(ref);
        Set<Buffer> buffers = new LinkedHashSet<>();
        reads.forEach(r -> buffers.add(tensors.of(r)));
        buffers.add(target);
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), common(ref, reads, body));
    }

    /** What several statements compute, computed once. */
    Step common(Ref ref, Set<Ref> reads, Step body) {
        Step even = plain ? body : new Branchless().step(body);
        Step called = new CommonCalls(free(ref, reads, even)).apply(even);
        Step loaded = new CommonLoads(free(ref, reads, called)).apply(called);
        return new CommonOffsets(free(ref, reads, loaded)).apply(loaded);
    }

    /** Makes methods of rows of a tensor. */
    Outline outline(Ref ref, Set<Ref> reads) {
        String name = "compute" + Planner.capital(tensors.of(ref).name()) + "Row";
        int[] made = new int[1];
        return (body, indices) -> {
            made[0]++;
            Step common = common(ref, reads, body);
            List<IntExpr> values = indices.stream().map(IntExpr::var).toList();
            return new Step.Call(new Routine(name + made[0], List.of(), Mentioned.in(common), indices, common), values);
        };
    }

    /** The tensors that a definition reads. */
    static Set<Ref> reads(Definition definition) {
        Set<Ref> reads = new LinkedHashSet<>();
        Variables.refs(definition.rhs()).forEach(r -> reads.add(Tensors.plain(r)));
        return reads;
    }

    /** Names of locals that hide neither a field nor one of the buffers at hand. */
    Scopes scopes(Ref target, Set<Ref> reads) {
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
