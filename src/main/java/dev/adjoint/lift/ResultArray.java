package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The array that holds the result: how it holds the tensor, and the entry at an index of the tensor. */
final class ResultArray {
    private final Machine machine;
    private final ArrayInfo info;
    private final int id;
    private final List<IntExpr> shape;
    private final Domain domain;
    private final Node node;
    private final List<List<Integer>> layout;

    /** @param domain the sizes and the free indices */
    ResultArray(Machine machine, Value.Array array, List<IntExpr> shape, Domain domain, Node node) {
        this.machine = machine;
        this.info = machine.info(array.id());
        this.id = array.id();
        this.shape = shape;
        this.domain = domain;
        this.node = node;
        if (info.isOpaque() || !array.prefix().isEmpty() || info.kind() != ArrayInfo.Kind.REAL) {
            throw new Refusal(Messages.SHAPE, node, "`" + info.name() + "` cannot hold the result");
        }
        this.layout = info.site().equals(info.name()) ? info.layout() : fitting();
    }

    /** How an array that the method made holds the tensor: by the lengths in its brackets. */
    private List<List<Integer>> fitting() {
        for (Layouts.Shape candidate : Layouts.of(shape, info.layout().size())) {
            ArrayInfo as = new ArrayInfo(info.name(), shape, candidate.layout(), info.kind(), "");
            boolean fits = true;
            for (int k = 0; k < candidate.layout().size() && fits; k++) {
                fits = domain.implies(Constraint.eq(as.length(k), info.length(k)));
            }
            if (fits) {
                return candidate.layout();
            }
        }
        List<IntExpr> lengths = new ArrayList<>();
        for (int k = 0; k < info.layout().size(); k++) {
            machine.demandKnown(info.length(k));
            lengths.add(info.length(k));
        }
        throw new Refusal(
                Messages.SHAPE,
                node,
                "the result has the lengths " + lengths + ", what it should hold the axes " + shape);
    }

    Expr entry(List<IntExpr> index, Verification verification) {
        IntExpr[] own = new IntExpr[info.rank()];
        for (int k = 0; k < layout.size(); k++) {
            List<IntExpr> extents = layout.get(k).stream().map(shape::get).toList();
            IntExpr offset =
                    Offsets.horner(layout.get(k).stream().map(index::get).toList(), extents);
            List<Integer> axes = info.layout().get(k);
            List<IntExpr> ownExtents = axes.stream().map(info.extents()::get).toList();
            List<IntExpr> digits = Offsets.digits(offset, ownExtents, domain)
                    .orElseGet(() -> Offsets.quotients(offset, ownExtents, domain));
            for (int a = 0; a < axes.size(); a++) {
                own[axes.get(a)] = digits.get(a);
            }
        }
        Content content = machine.content(id);
        prior(content, List.of(own));
        return content.read(List.of(own), domain, machine.facts);
    }

    /** What the result held before may only be added to, or stay where nothing is written. */
    private void prior(Content content, List<IntExpr> index) {
        boolean used = content.cases().stream().anyMatch(c -> Law.names(c).contains(Binding.PRIOR))
                || content.added().stream().anyMatch(t -> Law.names(t).contains(Binding.PRIOR));
        if (used) {
            throw new Refusal(
                    Messages.PRIOR,
                    node,
                    "the result depends on what `" + info.name() + "` held before, and not by a mere addition");
        }
        if (!Law.names(content.base()).contains(Binding.PRIOR)) {
            return;
        }
        Domain left = domain;
        for (Content.Case each : content.cases()) {
            Cond here = Cond.and(each.substitute(Content.at(index)).conditions());
            Optional<Boolean> decided = Conditions.decide(left, here, machine.facts);
            if (decided.isPresent() && decided.get()) {
                return;
            }
            left = Conditions.assume(left, Conditions.not(here), machine.facts);
            if (left.isEmpty()) {
                return;
            }
        }
        machine.notes.add(
                content.cases().isEmpty()
                        ? "the result is added to what `" + info.name() + "` held before: it is judged from zeros"
                        : "entries of `" + info.name()
                                + "` that the method does not write are taken to be zero before");
    }

    String layout(Ref what, List<IntExpr> index) {
        ArrayInfo as = new ArrayInfo(info.name(), shape, layout, info.kind(), "");
        List<String> names = index.stream().map(IntExpr::toString).toList();
        return what + "[" + String.join(",", names) + "] is " + as.access(names);
    }
}
