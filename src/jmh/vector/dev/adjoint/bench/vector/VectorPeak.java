package dev.adjoint.bench.vector;

import dev.adjoint.bench.contender.PeakLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Twelve chains a ← a·b + c, enough to hide the latency of the instruction on two units. */
public final class VectorPeak implements PeakLoop {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;

    @Override
    public long flopsPerRound() {
        return 2L * CHAINS * SPECIES.length();
    }

    @Override
    public float run(int rounds) {
        FloatVector b = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector c = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a0 = c;
        FloatVector a1 = c;
        FloatVector a2 = c;
        FloatVector a3 = c;
        FloatVector a4 = c;
        FloatVector a5 = c;
        FloatVector a6 = c;
        FloatVector a7 = c;
        FloatVector a8 = c;
        FloatVector a9 = c;
        FloatVector a10 = c;
        FloatVector a11 = c;
        for (int round = 0; round < rounds; round++) {
            a0 = a0.fma(b, c);
            a1 = a1.fma(b, c);
            a2 = a2.fma(b, c);
            a3 = a3.fma(b, c);
            a4 = a4.fma(b, c);
            a5 = a5.fma(b, c);
            a6 = a6.fma(b, c);
            a7 = a7.fma(b, c);
            a8 = a8.fma(b, c);
            a9 = a9.fma(b, c);
            a10 = a10.fma(b, c);
            a11 = a11.fma(b, c);
        }
        FloatVector sum = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
        return sum.add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
    }
}
