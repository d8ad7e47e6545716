package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import java.util.Set;

/**
 * How a tensor is computed with lets put in.
 *
 * @param lets those, which the plan neither reads nor computes
 * @param choice what was chosen, and why
 */
record Fused(Planned plan, Set<Ref> lets, Choice choice) {}
