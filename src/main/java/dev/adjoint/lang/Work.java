package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is gathered while one layer is resolved. */
final class Work {
    /** Enough for the largest sensible layer; a definition that doubles itself again and again comes to its end here. */
    private static final int MOST_NODES = 200_000;

    private final Diagnostics found;
    private final List<Obligation> obligations;
    private final int[] nodes;

    /** Whether parts of the layer could not be read: what is missing may have been there. */
    final boolean damaged;

    /** Names that an index may not take. */
    final Set<String> reserved;

    /** The layer's tensors that are resolved so far. */
    final Map<String, TensorValue.Stored> tensors;

    final Map<String, Tensor.Role> roles;

    /** The outputs, in the order of the text; known before they are resolved. */
    final List<String> outputs;

    /** What is known of the sizes so far. */
    Domain sizes = Domain.ALL;

    Work(Diagnostics found) {
        this(found, false);
    }

    Work(Diagnostics found, boolean damaged) {
        this(
                found,
                damaged,
                new ArrayList<>(),
                new int[1],
                new LinkedHashSet<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
    }

    private Work(
            Diagnostics found,
            boolean damaged,
            List<Obligation> obligations,
            int[] nodes,
            Set<String> reserved,
            Map<String, TensorValue.Stored> tensors,
            Map<String, Tensor.Role> roles,
            List<String> outputs) {
        this.found = found;
        this.damaged = damaged;
        this.obligations = obligations;
        this.nodes = nodes;
        this.reserved = reserved;
        this.tensors = tensors;
        this.roles = roles;
        this.outputs = outputs;
    }

    /** The same, with what is found and owed thrown away. */
    Work quiet() {
        Work quiet = new Work(new Diagnostics(), damaged, new ArrayList<>(), nodes, reserved, tensors, roles, outputs);
        quiet.sizes = sizes;
        return quiet;
    }

    void tell(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    Diagnostics found() {
        return found;
    }

    void owe(Obligation obligation) {
        obligations.add(obligation);
    }

    List<Obligation> obligations() {
        return obligations;
    }

    /** Counts a node of an expression; false, once, when there are too many. */
    boolean count(Place place) {
        if (++nodes[0] == MOST_NODES) {
            found.add(Diagnostic.error(
                            Codes.L053.name(), place, "the definitions expand to more than " + MOST_NODES + " terms")
                    .help("name what is repeated with `let`"));
        }
        return nodes[0] < MOST_NODES;
    }

    /** Whether two extents are equal for all sizes under the assumptions. */
    boolean same(IntExpr left, IntExpr right) {
        return left.equals(right) || sizes.implies(Constraint.eq(left, right));
    }

    Ref delta(String output) {
        return Ref.delta(output, outputs.size() == 1);
    }
}
