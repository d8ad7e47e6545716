package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A polynomial is summed over the integer points of a domain: the pieces that {@link Counting} gives are, at every place,
 * the sum that enumeration gives. And if {@link PieceTest} says that they vanish, with those of another sum subtracted,
 * they do.
 */
final class CountingLaw implements LongFunction<Optional<String>> {
    private static final long BUDGET = 400;
    private static final List<String> FREE = List.of("p", "q", "D");
    private static final List<String> BOUND = List.of("$y", "$z", "$u");
    private static final long MOST = 5;

    private static final Domain CONTEXT = context();

    private static Domain context() {
        List<Constraint> box = new ArrayList<>();
        for (String name : List.of("p", "q")) {
            box.add(Constraint.le(IntExpr.of(-2), IntExpr.var(name)));
            box.add(Constraint.le(IntExpr.var(name), IntExpr.of(MOST)));
        }
        box.add(Constraint.le(IntExpr.ONE, IntExpr.var("D")));
        box.add(Constraint.le(IntExpr.var("D"), IntExpr.of(4)));
        return Domain.of(box);
    }

    /** The same of sums that each law of {@link Equalities} and of quotients speaks of. */
    static final class Shaped implements LongFunction<Optional<String>> {
        @Override
        public Optional<String> apply(long seed) {
            return new CountingLaw(true).apply(seed);
        }
    }

    private final boolean shaped;

    CountingLaw() {
        this(false);
    }

    private CountingLaw(boolean shaped) {
        this.shaped = shaped;
    }

    private final DataFacts facts = new DataFacts(tensor -> Optional.empty());

    @Override
    public Optional<String> apply(long seed) {
        Random random = new Random(seed);
        Term term = shaped ? new Draw(random).shaped() : new Draw(random).term();
        Fresh fresh = new Fresh();
        Budget budget = new Budget(BUDGET);
        List<Piece> pieces;
        try {
            pieces = Counting.of(term, CONTEXT, facts, fresh, budget);
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            return Optional.empty();
        }
        List<Piece> difference = new ArrayList<>(pieces);
        Term other = new Draw(random).changed(term);
        boolean zero = false;
        try {
            List<Piece> its = Counting.of(other.times(BigFraction.of(-1)), CONTEXT, facts, fresh, budget);
            difference.addAll(its);
            zero = new PieceTest(facts, budget).isZero(difference, CONTEXT);
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            zero = false;
        }
        TermValues values = new TermValues(new Ground.Data(Map.of(), Map.of(), Map.of(), Map.of()));
        for (long p = -2; p <= MOST; p++) {
            for (long q = -2; q <= MOST; q++) {
                for (long d = 1; d <= 4; d++) {
                    Map<String, Long> place = Map.of("p", p, "q", q, "D", d);
                    double sum;
                    double its;
                    try {
                        sum = values.value(List.of(term), place);
                        its = values.value(List.of(other), place);
                    } catch (ArithmeticException undefined) {
                        continue;
                    }
                    double counted = 0;
                    for (Piece piece : pieces) {
                        counted += at(values, piece, place);
                    }
                    if (!Ground.areEqual(sum, counted)) {
                        return Optional.of(
                                term + " at " + place + ": " + sum + " by enumeration, " + counted + " by " + pieces);
                    }
                    if (zero && !Ground.areEqual(sum, its)) {
                        return Optional.of(term + " and " + other + " are told to have the same sum, at " + place
                                + " they have not; the pieces are " + difference);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static double at(TermValues values, Piece piece, Map<String, Long> place) {
        Map<String, Long> point = new HashMap<>(place);
        ArithmeticException undefined = null;
        for (Constraint c : piece.where()) {
            try {
                if (!values.holds(c, point)) {
                    return 0;
                }
            } catch (ArithmeticException divisionByZero) {
                undefined = divisionByZero;
            }
        }
        if (undefined != null) {
            throw undefined;
        }
        return values.coefficient(piece.coefficient(), point);
    }

    /** Random sums, each variable between two bounds at least. */
    private static final class Draw {
        private final Random random;

        Draw(Random random) {
            this.random = random;
        }

        Term term() {
            List<String> bound = new ArrayList<>(BOUND.subList(0, random.nextInt(4)));
            List<String> known = new ArrayList<>(FREE);
            List<Constraint> where = new ArrayList<>();
            for (String name : bound) {
                IntExpr y = IntExpr.var(name);
                where.add(Constraint.le(lower(known), y));
                where.add(Constraint.lt(y, upper(known)));
                known.add(name);
            }
            for (int k = random.nextInt(4); k > 0; k--) {
                IntExpr e = integer(known, 1);
                boolean equality = random.nextInt(3) == 0;
                where.add(new Constraint(equality ? e.minus(IntExpr.var(pick(FREE))) : e, equality));
            }
            Poly poly = Poly.of(BigFraction.of(1 + random.nextInt(3), 1 + random.nextInt(2)));
            for (int k = random.nextInt(4); k > 0; k--) {
                poly = poly.times(Poly.of(integer(known, random.nextInt(4) == 0 ? 1 : 0)));
            }
            Ratio coefficient = Ratio.of(poly);
            if (random.nextInt(6) == 0) {
                coefficient =
                        coefficient.times(Ratio.of(Poly.of(IntExpr.var("D"))).inverse());
            }
            return new Term(coefficient, List.of(), where, bound);
        }

        /** {@code D·y + z = p}, {@code 2·y + 3·z = p}, {@code 3·y = q}, quotients, remainders and extrema of y. */
        Term shaped() {
            IntExpr y = IntExpr.var("$y");
            IntExpr z = IntExpr.var("$z");
            IntExpr p = IntExpr.var(pick(List.of("p", "q")));
            IntExpr d = random.nextBoolean() ? IntExpr.var("D") : IntExpr.of(2 + random.nextInt(2));
            int sign = random.nextBoolean() ? 1 : -1;
            List<Constraint> where = new ArrayList<>();
            List<String> bound = new ArrayList<>(List.of("$y"));
            where.add(Constraint.le(IntExpr.of(-1), y));
            where.add(Constraint.lt(y, upper(FREE)));
            IntExpr value = y;
            switch (random.nextInt(7)) {
                case 0 -> {
                    bound.add("$z");
                    where.add(Constraint.le(IntExpr.ZERO, z));
                    where.add(Constraint.lt(z, d));
                    where.add(new Constraint(d.times(y).plus(z).minus(p).times(sign), true));
                    value = y.plus(z.times(2));
                }
                case 1 -> {
                    bound.add("$z");
                    where.add(Constraint.le(IntExpr.of(-1), z));
                    where.add(Constraint.le(z, IntExpr.of(random.nextInt(4))));
                    where.add(new Constraint(
                            y.times(2).plus(z.times(3 * sign)).minus(p).plus(random.nextInt(2)), true));
                    value = y.times(z).plus(1);
                }
                case 2 ->
                    where.add(new Constraint(
                            d.times(y).minus(p).plus(random.nextInt(3)).times(sign), true));
                case 3 -> value = y.plus(p).floorDiv(d);
                case 4 -> {
                    value = y.minus(p).mod(d).plus(1);
                    where.add(Constraint.le(y.mod(IntExpr.of(3)), IntExpr.ONE));
                }
                case 5 -> where.add(Constraint.le(y.plus(1).floorDiv(IntExpr.of(2)), p));
                default -> value = y.max(p).plus(y.minus(1).abs());
            }
            Poly poly = Poly.of(value).times(Poly.of(random.nextBoolean() ? IntExpr.ONE : y.plus(2)));
            return new Term(Ratio.of(poly), List.of(), where, bound);
        }

        private String pick(List<String> names) {
            return names.get(random.nextInt(names.size()));
        }

        private IntExpr lower(List<String> known) {
            return switch (random.nextInt(5)) {
                case 0 -> IntExpr.of(random.nextInt(3) - 2);
                case 1 -> IntExpr.var(pick(known)).max(IntExpr.of(random.nextInt(2)));
                case 2 -> IntExpr.var(pick(known)).minus(2);
                default -> IntExpr.ZERO;
            };
        }

        private IntExpr upper(List<String> known) {
            return switch (random.nextInt(5)) {
                case 0 -> IntExpr.of(1 + random.nextInt(4));
                case 1 -> IntExpr.var(pick(known)).plus(2);
                case 2 -> IntExpr.var(pick(known)).min(IntExpr.var(pick(known))).plus(1);
                case 3 -> IntExpr.var("p").plus(4).floorDiv(IntExpr.of(2));
                default -> IntExpr.var("D");
            };
        }

        private IntExpr integer(List<String> known, int depth) {
            IntExpr sum = IntExpr.of(random.nextInt(5) - 2);
            for (int k = 0; k < 2; k++) {
                sum = sum.plus(IntExpr.var(pick(known)).times(random.nextInt(7) - 3));
            }
            if (depth == 0) {
                return sum;
            }
            IntExpr divisor = random.nextBoolean() ? IntExpr.of(2 + random.nextInt(2)) : IntExpr.var("D");
            return switch (random.nextInt(9)) {
                case 0 -> sum.floorDiv(divisor);
                case 1 -> sum.mod(divisor).minus(random.nextInt(2));
                case 2 -> sum.abs().minus(2);
                case 3 -> sum.max(integer(known, 0));
                case 4 -> sum.min(integer(known, 0)).plus(1);
                case 5 -> IntExpr.var("D").times(IntExpr.var(pick(known))).plus(sum);
                default -> sum;
            };
        }

        /** The same sum in other words, or nearly the same. */
        Term changed(Term term) {
            if (term.bound().isEmpty() || random.nextInt(4) == 0) {
                return term();
            }
            String name = pick(term.bound());
            IntExpr y = IntExpr.var(name);
            return switch (random.nextInt(4)) {
                // y = p − y', a bijection of the integers.
                case 0 -> term.substitute(Map.of(name, IntExpr.var(pick(FREE)).minus(y)));
                case 1 ->
                    term.substitute(Map.of(name, y.plus(IntExpr.var(pick(FREE)).times(2))));
                // y = 2·y' + r, 0 ≤ r < 2, or a part of that.
                case 2 -> {
                    List<String> bound = new ArrayList<>(term.bound());
                    bound.add("$r");
                    IntExpr r = IntExpr.var("$r");
                    Term split = term.substitute(Map.of(name, y.times(2).plus(r)));
                    yield new Term(split.coefficient(), List.of(), split.where(), bound)
                            .and(List.of(
                                    Constraint.le(IntExpr.ZERO, r),
                                    Constraint.le(r, IntExpr.of(random.nextInt(4) == 0 ? 0 : 1))));
                }
                default -> {
                    List<Constraint> where = new ArrayList<>(term.where());
                    int k = random.nextInt(where.size());
                    Constraint c = where.get(k);
                    where.set(k, new Constraint(c.expr().plus(random.nextInt(3) - 1), c.equality()));
                    yield term.withWhere(where);
                }
            };
        }
    }
}
