package dev.adjoint.plan;

import dev.adjoint.derive.Derivation;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is decided about a generated class.
 *
 * @param tensors the buffer of each tensor of the layer, by the tensor's name
 * @param extents what axes measure beyond the open sizes: name → formula over these, computed once
 * @param entries the public methods
 * @param routines the private ones, each after what it calls
 * @param scratch what the instance owns
 * @param preparations routines that the constructor runs: they fill tables
 * @param choices which plan was taken for what, and why
 */
public record ClassPlan(
        Generate generate,
        Derivation derivation,
        Map<String, Buffer> tensors,
        Map<String, IntExpr> extents,
        List<Entry> entries,
        List<Routine> routines,
        List<Buffer> scratch,
        List<Routine> preparations,
        List<Choice> choices) {
    public ClassPlan {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        extents = Collections.unmodifiableMap(new LinkedHashMap<>(extents));
        entries = List.copyOf(entries);
        routines = List.copyOf(routines);
        scratch = List.copyOf(scratch);
        preparations = List.copyOf(preparations);
        choices = List.copyOf(choices);
    }

    /** The loops that threads may share. */
    public List<Step.Share> shares() {
        List<Step.Share> shares = new ArrayList<>();
        StepRewriter finder = new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Share share) {
                    shares.add(share);
                }
                return super.step(s);
            }
        };
        routines.forEach(r -> finder.step(r.body()));
        return shares;
    }
}
