package dev.adjoint.prove;

import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/** An entry of a family, to a power. */
record Factor(Family family, List<IntExpr> index, BigFraction power) {
    Factor {
        index = List.copyOf(index);
    }

    Factor(Family family, List<IntExpr> index) {
        this(family, index, BigFraction.ONE);
    }

    Factor raised(BigFraction newPower) {
        return new Factor(family, index, newPower);
    }

    boolean isWhole() {
        return power.getDenominator().equals(java.math.BigInteger.ONE);
    }

    boolean sameEntry(Factor other) {
        return family == other.family && index.equals(other.index);
    }

    void collectVariables(Set<String> into) {
        index.forEach(i -> into.addAll(i.variables()));
    }

    Factor substitute(Map<String, IntExpr> values) {
        return new Factor(family, index.stream().map(i -> i.substitute(values)).toList(), power);
    }

    @Override
    public String toString() {
        String entry = family.id() + "." + family + (index.isEmpty() ? "" : index.toString());
        return power.equals(BigFraction.ONE) ? entry : entry + "^" + power;
    }
}
