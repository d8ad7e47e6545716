package dev.adjoint.eval;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Integers and conditions made into closures. */
final class Integers {
    private final Compiled compiled;
    private final Map<String, Integer> slots;
    private final Map<IntExpr, Code.Int> known = new IdentityHashMap<>();
    private Code.@Nullable Int hole;

    Integers(Compiled compiled, Map<String, Integer> slots) {
        this.compiled = compiled;
        this.slots = slots;
    }

    void fill(Code.Int filling) {
        hole = filling;
    }

    // ---- conditions

    Code.Test test(Cond c) {
        if (c instanceof Cond.Constant constant) {
            boolean value = constant.value();
            return Code.check(f -> value);
        }
        if (c instanceof Cond.Ints i) {
            Code.Int left = integer(i.left());
            Code.Int right = integer(i.right());
            Rel rel = i.rel();
            return Code.check(f -> rel.holds(Long.compare(left.at(f), right.at(f))));
        }
        if (c instanceof Cond.Values v) {
            Code.Real left = compiled.real(v.left());
            Code.Real right = compiled.real(v.right());
            Rel rel = v.rel();
            return Code.check(f -> {
                double a = left.at(f);
                double b = right.at(f);
                return Double.isNaN(a) || Double.isNaN(b)
                        ? rel == Rel.NE
                        : rel.holds(a == b ? 0 : Double.compare(a, b));
            });
        }
        if (c instanceof Cond.And a) {
            Code.Test[] parts = a.parts().stream().map(this::test).toArray(Code.Test[]::new);
            return Code.check(f -> {
                for (Code.Test part : parts) {
                    if (!part.at(f)) {
                        return false;
                    }
                }
                return true;
            });
        }
        if (c instanceof Cond.Or o) {
            Code.Test[] parts = o.parts().stream().map(this::test).toArray(Code.Test[]::new);
            return Code.check(f -> {
                for (Code.Test part : parts) {
                    if (part.at(f)) {
                        return true;
                    }
                }
                return false;
            });
        }
        Code.Test part = test(((Cond.Not) c).part());
        return Code.check(f -> !part.at(f));
    }

    // ---- integers

    Code.Int integer(IntExpr e) {
        Code.Int code = known.get(e);
        if (code == null) {
            code = compile(e);
            known.put(e, code);
        }
        return code;
    }

    private Code.Int compile(IntExpr e) {
        Optional<String> variable = e.asVariable();
        if (variable.isPresent() && !variable.get().equals(Compiled.HOLE)) {
            int slot = compiled.slot(variable.get());
            return Code.whole(f -> f.ints[slot]);
        }
        long[] coefficients = new long[e.terms().size()];
        Code.Int[][] factors = new Code.Int[coefficients.length][];
        int k = 0;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            coefficients[k] = term.getValue();
            factors[k++] = term.getKey().factors().stream().map(this::atom).toArray(Code.Int[]::new);
        }
        return Code.whole(f -> {
            long sum = 0;
            for (int t = 0; t < coefficients.length; t++) {
                long product = coefficients[t];
                for (Code.Int factor : factors[t]) {
                    product *= factor.at(f);
                }
                sum += product;
            }
            return sum;
        });
    }

    private Code.Int atom(Atom atom) {
        if (atom instanceof Atom.Var v) {
            if (v.name().equals(Compiled.HOLE)) {
                return Code.whole(f -> Objects.requireNonNull(hole).at(f));
            }
            int slot = compiled.slot(v.name());
            return Code.whole(f -> f.ints[slot]);
        }
        if (atom instanceof Atom.FloorDiv q) {
            Code.Int num = integer(q.num());
            Code.Int den = integer(q.den());
            return Code.whole(f -> Math.floorDiv(num.at(f), positive(den.at(f))));
        }
        if (atom instanceof Atom.Mod m) {
            Code.Int num = integer(m.num());
            Code.Int den = integer(m.den());
            return Code.whole(f -> Math.floorMod(num.at(f), positive(den.at(f))));
        }
        if (atom instanceof Atom.Abs a) {
            Code.Int arg = integer(a.arg());
            return Code.whole(f -> Math.abs(arg.at(f)));
        }
        if (atom instanceof Atom.Extremum x) {
            Code.Int left = integer(x.left());
            Code.Int right = integer(x.right());
            boolean max = x.max();
            return Code.whole(f -> max ? Math.max(left.at(f), right.at(f)) : Math.min(left.at(f), right.at(f)));
        }
        if (atom instanceof Position.Entry entry) {
            Code.Int[] index = entry.index().stream().map(this::integer).toArray(Code.Int[]::new);
            Ref ref = Ref.value(entry.tensor());
            return Code.whole(f -> {
                f.spend();
                long[] shape = f.shapes.apply(ref);
                long flat = 0;
                for (int k = 0; k < index.length; k++) {
                    long i = index[k].at(f);
                    if (i < 0 || i >= shape[k]) {
                        throw Code.OUTSIDE;
                    }
                    flat = flat * shape[k] + i;
                }
                return Objects.requireNonNull(f.integers.get(entry.tensor()))[(int) flat];
            });
        }
        return argument((Position.Arg) atom);
    }

    private static long positive(long divisor) {
        if (divisor <= 0) {
            throw Code.OUTSIDE;
        }
        return divisor;
    }

    private Code.Int argument(Position.Arg arg) {
        Loop loop = new Loop(arg.ranges(), compiled);
        Code.Real body = compiled.real(arg.body());
        boolean max = arg.max();
        return Code.whole(f -> {
            double[] best = {Double.NaN};
            long[] position = {0, 0};
            loop.run(f, () -> {
                double value = body.at(f);
                if (position[1] == 0 || Loop.isBetter(max, value, best[0])) {
                    best[0] = value;
                    position[0] = position[1];
                }
                position[1]++;
            });
            return position[0];
        });
    }
}
