package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A border of zeros is as good as no entry only while what it is multiplied with is finite: a padded read is a strong
 * zero. Where an operand is not, the equation itself is computed.
 */
final class StrongZeros {
    private final Tensors tensors;
    private final Known sizes;
    private final Routines site;

    StrongZeros(Tensors tensors, Known sizes, Routines site) {
        this.tensors = tensors;
        this.sizes = sizes;
        this.site = site;
    }

    /** Both lists of tests, without those that another implies. */
    static List<Test> all(List<Test> finite, List<Test> guards) {
        List<Test> tests = new ArrayList<>(finite);
        for (Test guard : guards) {
            tests.removeIf(t -> guard instanceof Test.Moderate m && t.equals(new Test.Finite(m.buffer())));
            if (!tests.contains(guard)) {
                tests.add(guard);
            }
        }
        return tests;
    }

    /**
     * Routines that take zeros for no entries, where that is allowed.
     *
     * @param tests hold where it is
     * @param definition what is computed, with every read inside of its tensor
     */
    Routine guarded(String name, List<Test> tests, List<Routine> bordered, Definition definition) {
        Ref target = definition.target();
        Set<Ref> reads = Routines.reads(definition);
        Scopes names = site.scopes(target, reads);
        Step nest = new Lowering(tensors, sizes, names).lower(definition, UnaryOperator.identity());
        Routine strict = site.routine(name + "Clamped", target, reads, nest);
        List<Step> calls = new ArrayList<>();
        bordered.forEach(r -> calls.add(new Step.Call(r, List.of())));
        Step body = new Step.If(Test.all(tests), Step.block(calls), new Step.Call(strict, List.of()));
        Set<Buffer> buffers = new LinkedHashSet<>(strict.buffers());
        bordered.forEach(r -> buffers.addAll(r.buffers()));
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), body);
    }
}
