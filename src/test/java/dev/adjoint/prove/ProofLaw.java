package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.random.Mutations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * What is proved is true: of two random formulas, one made of the other by rewordings and often by a small mistake, the
 * second has the value of the first wherever the first has one, whatever the tensors hold.
 */
final class ProofLaw implements LongFunction<Optional<String>> {
    private static final long BUDGET = 500;
    private static final int DATA = 8;

    @Override
    public Optional<String> apply(long seed) {
        Random random = new Random(seed);
        List<Range> free = NormalFormLaw.free(random);
        RandomValues values = new RandomValues(random, free);
        Expr left = values.value(1 + random.nextInt(2));
        Rewordings words = new Rewordings(random, free);
        Expr right = left;
        for (int k = random.nextInt(3); k > 0; k--) {
            right = words.once(right).map(Rewordings.Reworded::expr).orElse(right);
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                List<Mutations.Mutant> mutants = Mutations.of(right);
                right = mutants.isEmpty()
                        ? right
                        : mutants.get(random.nextInt(mutants.size())).expr();
            }
            case 1 -> right = lessDefined(right, values.value(random.nextInt(2)), random);
            default -> {}
        }
        Claim known = Ground.LAYER.claims().get(0);
        Claim claim = new Claim(left, right, free, "", "", known.place());
        Attempts.Attempt attempt = new Attempts(Ground.MEANING, BUDGET).prove(claim);
        String text = Printer.print(left) + " = " + Printer.print(right);
        if (attempt.reason().contains("please report")) {
            return Optional.of(text + ": " + attempt.reason());
        }
        for (int k = 0; attempt.equal() && k < DATA; k++) {
            Ground.Data data = Ground.draw(random);
            for (Map<String, Long> element : Ground.elements(free, data)) {
                OptionalDouble expected = data.value(left, element);
                if (expected.isEmpty() || Math.abs(expected.getAsDouble()) > 1e5) {
                    continue;
                }
                OptionalDouble found = data.value(right, element);
                boolean wrong = found.isEmpty()
                        ? attempt.defined() && !data.readsOutside(right, element)
                        : !Ground.areEqual(expected.getAsDouble(), found.getAsDouble());
                if (wrong) {
                    return Optional.of(text + " is told to be proved; at " + data.sizes() + element
                            + " the left side is " + expected + ", the right " + found);
                }
            }
        }
        return Optional.empty();
    }

    /** The same value at fewer points. */
    private static Expr lessDefined(Expr e, Expr u, Random random) {
        Expr twice = Exprs.pow(u, Expr.Num.of(2));
        return switch (random.nextInt(4)) {
            case 0 -> Exprs.mul(e, Exprs.div(u, u));
            case 1 -> Exprs.sub(Exprs.add(e, Exprs.pow(Exprs.apply(Fun.Known.SQRT, u), Expr.Num.of(2))), u);
            case 2 -> Exprs.sub(Exprs.add(e, Exprs.apply(Fun.Known.EXP, Exprs.apply(Fun.Known.LOG, u))), u);
            default -> Exprs.mul(e, Exprs.mul(twice, Exprs.pow(twice, Expr.Num.of(-1))));
        };
    }
}
