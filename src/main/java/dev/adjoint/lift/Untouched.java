package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an iteration reads where no other iteration writes, it reads as it was before the loop: of an array that
 * iteration {@code v} changes at indices {@code q} with {@code v == e(q)} alone, the entry at {@code f} where
 * {@code e(f)} is {@code v}.
 */
final class Untouched {
    /** An array whose entries are each changed in one iteration at most. */
    private record Array(int id, Law law, IntExpr writer, String before) {}

    private final List<Array> arrays = new ArrayList<>();
    private final IntExpr iteration;

    /** @param v the index of the iteration */
    Untouched(Map<Integer, Law> laws, String v) {
        this.iteration = IntExpr.var(v);
        laws.forEach((id, law) -> writer(law, v)
                .ifPresent(writer -> arrays.add(new Array(id, law, writer, "before " + SelfReads.name(law.self())))));
    }

    /** In which iteration an entry changes, as a function of its index; empty unless that is one for each. */
    private static Optional<IntExpr> writer(Law law, String v) {
        List<List<Cond>> changes = new ArrayList<>();
        law.content().cases().forEach(c -> changes.add(c.conditions()));
        law.content().added().forEach(t -> changes.add(t.conditions()));
        Optional<IntExpr> writer = Optional.empty();
        for (List<Cond> conditions : changes) {
            Optional<IntExpr> root = conditions.stream()
                    .map(c -> Term.root(c, v))
                    .flatMap(Optional::stream)
                    .filter(r -> r.variables().stream().allMatch(n -> n.startsWith("q#") || !n.contains("#")))
                    .findFirst();
            if (root.isEmpty() || writer.isPresent() && !writer.equals(root)) {
                return Optional.empty();
            }
            writer = root;
        }
        return writer;
    }

    Law apply(Law law) {
        Content content = law.content();
        for (Array array : arrays) {
            content = replace(content, array.law().self(), index -> {
                boolean own = array.writer().substitute(Content.at(index)).equals(iteration);
                String name = own ? array.before() : SelfReads.name(array.law().self());
                return array.law().self() instanceof Expr.IntValue
                        ? new Expr.IntValue(IntExpr.of(new Position.Entry(name, index)))
                        : new Expr.Read(Ref.value(name), index, null);
            });
        }
        return new Law(content, law.self(), law.extents());
    }

    /** The content with what was read of before put in. */
    Content restore(Content effect, Function<Integer, Function<List<IntExpr>, Expr>> before) {
        Content content = effect;
        for (Array array : arrays) {
            boolean integers = array.law().self() instanceof Expr.IntValue;
            Expr self = SelfReads.of(array.before(), 0, integers);
            content = replace(content, self, before.apply(array.id()));
        }
        return content;
    }

    static Content replace(Content content, Expr self, Function<List<IntExpr>, Expr> instead) {
        SelfReads reads = new SelfReads(self, instead);
        List<Content.Case> cases = new ArrayList<>();
        for (Content.Case each : content.cases()) {
            cases.add(
                    new Content.Case(each.conditions().stream().map(reads::cond).toList(), reads.expr(each.value())));
        }
        return new Content(
                content.rank(), cases, content.added().stream().map(reads::term).toList(), content.base());
    }

    static Map<Integer, Law> all(Map<Integer, Law> laws, Untouched untouched) {
        Map<Integer, Law> replaced = new LinkedHashMap<>();
        laws.forEach((id, law) -> replaced.put(id, untouched.apply(law)));
        return replaced;
    }
}
