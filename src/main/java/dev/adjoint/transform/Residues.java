package dev.adjoint.transform;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Steps;
import java.math.BigInteger;

/** How many residues of an index a body tells apart: a common multiple of what it divides the index by. */
final class Residues {
    private final String index;
    private long common = 1;

    private Residues(String index) {
        this.index = index;
    }

    /** The number, 1 if the index is not divided. */
    static long of(Step.Loop loop) {
        Residues residues = new Residues(loop.var());
        Steps.integers(loop.body()).forEach(residues::collect);
        if (residues.common > 1 && !loop.lo().isZero()) {
            throw new NoLanes("residues of an index that does not start at 0");
        }
        return residues.common;
    }

    private void collect(IntExpr e) {
        for (Atom atom : e.atoms()) {
            IntExpr divisor = atom instanceof Atom.FloorDiv q ? q.den() : atom instanceof Atom.Mod m ? m.den() : null;
            if (divisor != null && IntExpr.of(atom).variables().contains(index)) {
                multiply(divisor);
            }
            atom.parts().forEach(this::collect);
        }
    }

    private void multiply(IntExpr divisor) {
        if (!divisor.isConstant() || divisor.constant() > LaneLoops.MOST_STRIDE) {
            throw new NoLanes("a quotient by " + divisor);
        }
        long gcd = BigInteger.valueOf(common)
                .gcd(BigInteger.valueOf(divisor.constant()))
                .longValue();
        common = common / gcd * divisor.constant();
        if (common > LaneLoops.MOST_STRIDE) {
            throw new NoLanes("too many residues: " + common);
        }
    }
}
