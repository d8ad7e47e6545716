package dev.adjoint.eval;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expressions made into closures over doubles: for evaluating thousands of expressions that are nearly alike, at the same
 * few points. The values are those that {@link Evaluator} has in {@link DoubleField}; parts that expressions share are
 * compiled once. An expression may have one {@linkplain #HOLE hole}, which is filled when it is evaluated. Serves one
 * thread.
 */
public final class Compiled {
    /** The name of what a hole is: a tensor without axes among values, a variable among integers. */
    public static final String HOLE = "?";

    /** What entries are computed from. */
    public interface Definitions {
        /** The formula of an entry; empty if it is given. */
        Optional<Expr> of(Ref ref, List<IntExpr> index);
    }

    private final DoubleField field;
    private final Definitions formulas;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<Ref, Integer> ids = new HashMap<>();
    private final Map<Expr, Code.Real> reals = new IdentityHashMap<>();
    private final Integers integers;
    private final Map<Ref, Optional<Definition>> definitions = new HashMap<>();
    private Code.@Nullable Real valueHole;

    private record Definition(int[] slots, Code.Real real) {}

    /** @param field what functions are */
    public Compiled(DoubleField field, Definitions formulas) {
        this.field = field;
        this.formulas = formulas;
        this.integers = new Integers(this, slots);
    }

    /** A place to evaluate at; tensors that are not given are computed from their definitions. */
    public Frame frame(
            Map<String, Long> sizes,
            Function<Ref, long[]> shapes,
            Map<Ref, double[]> given,
            Map<String, long[]> integerTensors) {
        return new Frame(slots, sizes, shapes, given, integerTensors);
    }

    /** From now on, the hole among values is this. */
    public void fill(Code.Real hole) {
        valueHole = hole;
    }

    /** From now on, the hole among integers is this. */
    public void fill(Code.Int hole) {
        integers.fill(hole);
    }

    int slot(String name) {
        Integer slot = slots.get(name);
        if (slot == null) {
            slot = slots.size();
            slots.put(name, slot);
        }
        return slot;
    }

    private int id(Ref ref) {
        Integer id = ids.get(ref);
        if (id == null) {
            id = ids.size();
            ids.put(ref, id);
        }
        return id;
    }

    // ---- values

    /**
     * The value of an expression.
     *
     * @throws IllegalArgumentException if it holds a derivative
     */
    public Code.Real real(Expr e) {
        Code.Real known = reals.get(e);
        if (known == null) {
            known = compile(e);
            reals.put(e, known);
        }
        return known;
    }

    private List<Code.Real> reals(List<Expr> all) {
        return all.stream().map(this::real).toList();
    }

    private Code.Real compile(Expr e) {
        if (e instanceof Expr.Num n) {
            double value = n.value().doubleValue();
            return Code.plain(f -> value);
        }
        if (e instanceof Expr.Pi) {
            return Code.plain(f -> Math.PI);
        }
        if (e instanceof Expr.Inf) {
            return Code.plain(f -> Double.POSITIVE_INFINITY);
        }
        if (e instanceof Expr.IntValue v) {
            Code.Int value = integer(v.value());
            return Code.plain(f -> value.at(f));
        }
        if (e instanceof Expr.Read r) {
            return read(r);
        }
        if (e instanceof Expr.Add a) {
            Code.Real[] terms = reals(a.terms()).toArray(new Code.Real[0]);
            return Code.plain(f -> {
                double sum = 0;
                for (Code.Real term : terms) {
                    sum += term.at(f);
                }
                return sum;
            });
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            return power(p);
        }
        if (e instanceof Expr.Apply a) {
            Code.Real arg = real(a.arg());
            Fun fun = a.fun();
            return Code.plain(f -> field.apply(fun, arg.at(f)));
        }
        if (e instanceof Expr.Extremum x) {
            Code.Real left = real(x.left());
            Code.Real right = real(x.right());
            boolean max = x.max();
            return Code.plain(f -> {
                double a = left.at(f);
                double b = right.at(f);
                return Double.isNaN(a) ? a : Double.isNaN(b) ? b : a > b == max ? a : b;
            });
        }
        if (e instanceof Expr.Reduce r) {
            return reduce(r);
        }
        if (e instanceof Expr.Iverson i) {
            Code.Test test = integers.test(i.cond());
            return new Code.Real() {
                @Override
                double at(Frame f) {
                    return test.at(f) ? 1 : 0;
                }

                @Override
                boolean isStrong() {
                    return true;
                }
            };
        }
        if (e instanceof Expr.Select s) {
            Code.Test test = integers.test(s.cond());
            Code.Real then = real(s.then());
            Code.Real otherwise = real(s.otherwise());
            return Code.plain(f -> (test.at(f) ? then : otherwise).at(f));
        }
        if (e instanceof Expr.Stop s) {
            return real(s.arg());
        }
        throw new IllegalArgumentException("derivatives are not compiled, but their formulas: " + e);
    }

    /** Strong factors first: where one is 0, the others are not looked at. */
    private Code.Real product(List<Expr> factors) {
        Code.Real[] all = reals(factors).toArray(new Code.Real[0]);
        boolean strong = Arrays.stream(all).anyMatch(Code.Real::isStrong);
        return new Code.Real() {
            @Override
            double at(Frame f) {
                double product = 1;
                for (Code.Real factor : all) {
                    if (factor.isStrong()) {
                        product *= factor.at(f);
                        if (product == 0) {
                            return 0;
                        }
                    }
                }
                for (Code.Real factor : all) {
                    if (!factor.isStrong()) {
                        product *= factor.at(f);
                    }
                }
                return product;
            }

            @Override
            boolean isStrong() {
                return strong;
            }
        };
    }

    private Code.Real power(Expr.Pow p) {
        Code.Real base = real(p.base());
        if (p.exponent() instanceof Expr.IntValue n) {
            Code.Int exponent = integer(n.value());
            return Code.plain(f -> raised(base.at(f), exponent.at(f)));
        }
        if (p.exponent() instanceof Expr.Num n
                && n.value().getDenominator().bitLength() == 1
                && n.value().getNumerator().bitLength() < 31) {
            long exponent = n.value().getNumerator().longValueExact();
            return Code.plain(f -> raised(base.at(f), exponent));
        }
        Code.Real exponent = real(p.exponent());
        return Code.plain(f -> Math.pow(base.at(f), exponent.at(f)));
    }

    private static double raised(double base, long exponent) {
        if (Math.abs(exponent) >= 1 << 20) {
            throw Code.TOO_LARGE;
        }
        return Math.pow(base, exponent);
    }

    private Code.Real read(Expr.Read r) {
        if (r.ref().name().equals(HOLE)) {
            return new Code.Real() {
                @Override
                double at(Frame f) {
                    return java.util.Objects.requireNonNull(valueHole).at(f);
                }

                @Override
                boolean isStrong() {
                    return valueHole != null && valueHole.isStrong();
                }
            };
        }
        int id = id(r.ref());
        Code.Int[] index = r.index().stream().map(this::integer).toArray(Code.Int[]::new);
        Code.Real pad = r.pad() == null ? null : real(r.pad());
        Ref ref = r.ref();
        return Code.plain(f -> {
            Frame.Table table = f.table(ref, id);
            f.spend();
            if (table.shape.length != index.length) {
                throw Code.OUTSIDE;
            }
            long flat = 0;
            boolean inside = true;
            for (int k = 0; k < index.length; k++) {
                long i = index[k].at(f);
                inside &= i >= 0 && i < table.shape[k];
                flat = flat * table.shape[k] + i;
            }
            if (!inside) {
                if (pad == null) {
                    throw Code.OUTSIDE;
                }
                return pad.at(f);
            }
            return table.known[(int) flat] ? table.values[(int) flat] : entry(f, ref, table, (int) flat);
        });
    }

    private double entry(Frame f, Ref ref, Frame.Table table, int flat) {
        Definition definition = definition(ref, table.shape.length)
                .orElseThrow(() -> new Code.NoValue(ref + " is neither given nor computed"));
        if (f.ints.length < slots.size()) {
            f.ints = Arrays.copyOf(f.ints, slots.size() + 8);
        }
        long rest = flat;
        long[] saved = new long[definition.slots.length];
        for (int k = definition.slots.length - 1; k >= 0; k--) {
            saved[k] = f.ints[definition.slots[k]];
            f.ints[definition.slots[k]] = rest % table.shape[k];
            rest /= table.shape[k];
        }
        double value = definition.real.at(f);
        for (int k = 0; k < saved.length; k++) {
            f.ints[definition.slots[k]] = saved[k];
        }
        table.values[flat] = value;
        table.known[flat] = true;
        return value;
    }

    private Optional<Definition> definition(Ref ref, int rank) {
        Optional<Definition> known = definitions.get(ref);
        if (known == null) {
            List<IntExpr> index = new java.util.ArrayList<>();
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                String name = "?" + ref + k;
                index.add(IntExpr.var(name));
                at[k] = slot(name);
            }
            known = formulas.of(ref, index).map(e -> new Definition(at, real(e)));
            definitions.put(ref, known);
        }
        return known;
    }

    private Code.Real reduce(Expr.Reduce r) {
        Code.Real body = real(r.body());
        Expr.Reduce.Kind kind = r.kind();
        Loop loop = new Loop(r.ranges(), this);
        return Code.plain(f -> {
            double[] result = {
                switch (kind) {
                    case SUM -> 0;
                    case PROD -> 1;
                    case MAX -> Double.NEGATIVE_INFINITY;
                    case MIN -> Double.POSITIVE_INFINITY;
                }
            };
            loop.run(f, () -> {
                double value = body.at(f);
                result[0] = switch (kind) {
                    case SUM -> result[0] + value;
                    case PROD -> result[0] * value;
                    case MAX -> Loop.isBetter(true, value, result[0]) ? value : result[0];
                    case MIN -> Loop.isBetter(false, value, result[0]) ? value : result[0];
                };
            });
            return result[0];
        });
    }

    // ---- integers

    /** An integer. */
    public Code.Int integer(IntExpr e) {
        return integers.integer(e);
    }

    /** 1 where a condition holds, 0 elsewhere. */
    public Code.Int indicator(Cond c) {
        Code.Test test = integers.test(c);
        return Code.whole(f -> test.at(f) ? 1 : 0);
    }
}
