package dev.adjoint.emit;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Lane;
import dev.adjoint.plan.Planner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names of a class' members; no two of them may be the same, not even but for their case. */
final class Vocabulary {
    private final Generate generate;
    private final Layer layer;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final Set<String> reserved = new TreeSet<>(JavaNames.reserved());

    /**
     * @throws AdjointException if a name cannot stand in Java or two names collide
     */
    Vocabulary(Generate generate) {
        this.generate = generate;
        this.layer = generate.layer();
        boolean vectors = generate.options().target() == Generate.Options.Target.VECTOR;
        reserved.addAll(vectors ? JavaNames.OF_VECTORS : Set.of());
        reserved.addAll(generate.options().parallel() ? JavaNames.OF_THREADS : Set.of());
        checkClass();
        checkMembers();
        if (!errors.isEmpty()) {
            throw new AdjointException(errors);
        }
        layer.tensors().forEach(t -> reserved.add(length(t)));
        reserved.addAll(JavaNames.HELPERS);
    }

    private void error(String code, Place place, String message, String help) {
        errors.add(Diagnostic.error(code, place, message).help(help));
    }

    private void checkClass() {
        String name = generate.className();
        boolean word = JavaNames.isIdentifier(name) && !JavaNames.KEYWORDS.contains(name);
        if (!word || JavaNames.TYPES.contains(name) || reserved.contains(name)) {
            error(
                    "E001",
                    generate.place(),
                    "the class cannot be called " + name
                            + (word ? ", it would hide a type that its own code uses" : ": no name for a Java class"),
                    "choose another name after `generate`");
        }
        for (String part : generate.javaPackage().split("\\.", -1)) {
            boolean none = generate.javaPackage().isEmpty();
            if (!none && (!JavaNames.isIdentifier(part) || JavaNames.KEYWORDS.contains(part))) {
                error(
                        "E002",
                        generate.place(),
                        "`" + part + "` cannot be a part of the Java package " + generate.javaPackage(),
                        "change the package at the head of the file");
            }
        }
    }

    private record Named(String name, String what, Place place) {}

    private void checkMembers() {
        List<Named> named = new ArrayList<>();
        layer.sizes().forEach(s -> named.add(new Named(s.name(), "the size " + s.name(), s.place())));
        for (Tensor tensor : layer.tensors()) {
            named.add(new Named(tensor.name(), "the tensor " + tensor.name(), tensor.place()));
            if (tensor.role() == Tensor.Role.OUTPUT) {
                String delta = layer.outputs().size() == 1 ? "delta" : "delta" + Planner.capital(tensor.name());
                named.add(new Named(delta, "the error of " + tensor.name(), tensor.place()));
            } else if (tensor.role() != Tensor.Role.CONST) {
                String grad = "grad" + Planner.capital(tensor.name());
                named.add(new Named(grad, "the gradient of " + tensor.name(), tensor.place()));
            }
        }
        Map<String, Named> seen = new HashMap<>();
        for (Named each : named) {
            if (!JavaNames.isIdentifier(each.name())) {
                error("E003", each.place(), each.what() + " has no name that Java can bear", "use ASCII letters");
                continue;
            }
            boolean size = each.what().startsWith("the size ");
            String key =
                    (size ? "size " : "") + (size ? each.name() : each.name().toLowerCase(Locale.ROOT));
            Named other = seen.putIfAbsent(key, each);
            if (other == null && !size) {
                other = seen.get("size " + each.name());
            }
            if (other != null && other != each) {
                errors.add(Diagnostic.error(
                                "E004",
                                each.place(),
                                each.what() + " and " + other.what()
                                        + " have names that collide in the generated class")
                        .note(other.what(), other.place())
                        .help("rename one of them; upper and lower case do not tell names apart"));
            }
        }
    }

    Set<String> reserved() {
        return reserved;
    }

    String type() {
        return generate.options().type() == Generate.Options.Type.FLOAT ? "float" : "double";
    }

    /** A size as a field and an argument; the number of lanes is a constant. */
    String size(String name) {
        if (name.equals(Lane.NAME)) {
            return "LANES";
        }
        boolean known = layer.sizes().stream().map(Size::name).anyMatch(name::equals);
        return known && reserved.contains(name) ? name + "_" : name;
    }

    Set<String> sizes() {
        return layer.sizes().stream().map(Size::name).collect(Collectors.toSet());
    }

    String length(Tensor tensor) {
        return "length" + Planner.capital(tensor.name());
    }

    /** As {@code o[C, H, W]}. */
    String shown(Tensor tensor) {
        return tensor.name() + shape(tensor);
    }

    static String shape(Tensor tensor) {
        return tensor.shape().stream().map(IntExpr::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
