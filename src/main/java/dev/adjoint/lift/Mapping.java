package dev.adjoint.lift;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.lang.Verification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the names of a method stand for in its layer, as a verification states it or by the same name. */
final class Mapping {
    private final Layer layer;
    private final Verification verification;
    private final Map<String, Ref> tensors = new LinkedHashMap<>();
    private final Map<String, IntExpr> integers = new LinkedHashMap<>();
    private final Map<String, Long> bound = new TreeMap<>();
    private final java.util.Set<String> mapped = new java.util.HashSet<>();
    private final java.util.Set<String> unused = new java.util.LinkedHashSet<>();
    private Optional<String> result = Optional.empty();
    private Optional<String> before = Optional.empty();

    Mapping(Layer layer, Verification verification) {
        this.layer = layer;
        this.verification = verification;
        verification.parameters().forEach((from, to) -> {
            if (to.matches("[0-9]+")) {
                bind(from, to);
            }
        });
        verification.parameters().forEach((from, to) -> {
            if (!to.matches("[0-9]+")) {
                map(from, to);
            }
        });
    }

    private void bind(String from, String to) {
        if (layer.sizes().stream().noneMatch(s -> s.name().equals(from))) {
            throw refusal("`" + from + "` is no size of " + layer.name() + " and cannot be " + to);
        }
        bound.put(from, Long.parseLong(to));
        mapped.add(from);
    }

    private void map(String from, String to) {
        if (from.equals("result")) {
            result = Optional.of(to);
            return;
        }
        if (from.equals("after")) {
            before = Optional.of(to);
            return;
        }
        unused.add(to);
        mapped.add(from);
        Optional<Ref> ref = ref(from);
        if (ref.equals(Optional.of(verification.what()))) {
            throw refusal("`" + from + "` is what the method computes: it is given to nobody, `" + to
                    + "` can be its result");
        }
        if (ref.isPresent()) {
            tensors.put(to, ref.get());
        } else {
            integers.put(to, bound(SizeText.parse(from, layer, verification.place())));
        }
    }

    private Optional<Ref> ref(String name) {
        if (name.startsWith("delta")) {
            boolean sole = layer.outputs().size() == 1;
            String output = name.equals("delta") ? layer.outputs().get(0).name() : name.substring("delta.".length());
            return Optional.of(Ref.delta(output, sole));
        }
        if (name.startsWith("grad ")) {
            return Optional.of(Ref.grad(name.substring("grad ".length())));
        }
        return layer.tensor(name).map(t -> Ref.value(t.name()));
    }

    private Refusal refusal(String message) {
        return new Refusal(Diagnostic.error(Messages.MAPPING, verification.place(), message));
    }

    Optional<String> result() {
        return result;
    }

    /** The method that runs first. */
    Optional<String> before() {
        return before;
    }

    Map<String, Long> sizes() {
        return bound;
    }

    /** The integer with what its sizes are bound to. */
    IntExpr bound(IntExpr e) {
        Map<String, IntExpr> values = new LinkedHashMap<>();
        bound.forEach((name, value) -> values.put(name, IntExpr.of(value)));
        return e.substitute(values);
    }

    /** The tensor that a name of the method holds: {@code x} for a parameter, {@code this.x} for a field. */
    Optional<Ref> tensor(String javaName, boolean hidden) {
        String name = written(javaName, hidden);
        unused.remove(name);
        if (tensors.containsKey(name)) {
            return Optional.of(tensors.get(name));
        }
        String same = plain(javaName);
        if (hidden || mapped.contains(same) || integers.containsKey(name)) {
            return Optional.empty();
        }
        if (same.equals("delta") && layer.outputs().size() == 1) {
            return ref("delta");
        }
        return layer.tensor(same)
                .map(t -> Ref.value(t.name()))
                .filter(ref -> !ref.equals(verification.what()) && !isResult(javaName));
    }

    private boolean isResult(String javaName) {
        return result.filter(r -> plain(r).equals(plain(javaName))).isPresent();
    }

    Optional<IntExpr> integer(String javaName, boolean hidden) {
        String name = written(javaName, hidden);
        unused.remove(name);
        if (integers.containsKey(name)) {
            return Optional.of(integers.get(name));
        }
        String same = plain(javaName);
        boolean size = layer.sizes().stream().anyMatch(s -> s.name().equals(same));
        if (hidden || !size || mapped.contains(same) && !bound.containsKey(same)) {
            return Optional.empty();
        }
        return Optional.of(bound(IntExpr.var(same)));
    }

    /** As the mapping has it: a field also without {@code this}, unless a parameter hides it. */
    private String written(String javaName, boolean hidden) {
        String same = plain(javaName);
        boolean stated = tensors.containsKey(javaName) || integers.containsKey(javaName);
        return stated || hidden ? javaName : same;
    }

    private static String plain(String javaName) {
        return javaName.startsWith("this.") ? javaName.substring("this.".length()) : javaName;
    }

    /** A name of the method that the verification maps and the method has not. */
    Optional<String> unused() {
        return unused.stream().findFirst();
    }

    Layer layer() {
        return layer;
    }

    /** The shape of a tensor, its sizes bound. */
    java.util.List<IntExpr> shape(Ref ref) {
        Tensor tensor = layer.tensor(ref.name())
                .orElseThrow(() -> refusal("`" + ref.name() + "` is no tensor of " + layer.name()));
        return tensor.shape().stream().map(this::bound).toList();
    }
}
