package dev.adjoint.plan;

import dev.adjoint.loop.Test;
import java.util.List;

/** A way to compute a contraction with vectors; its words tell it from every other. */
sealed interface LaneWay permits LaneChoice, RollingChoice, SumChoice, TileChoice, TileSumChoice {
    /** About how long it takes. */
    double cycles(LaneCost cost);

    /** What it gains, in words. */
    String because();

    /** What must hold of the operands, beside what their layouts ask for; else the equation itself is computed. */
    List<Test> guards();

    LanePlan plan(LaneCost cost, LanePlan.Site site);
}
