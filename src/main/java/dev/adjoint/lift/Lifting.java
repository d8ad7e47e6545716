package dev.adjoint.lift;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of one method, under one assumption of layouts. */
final class Lifting {
    private final Verification verification;
    private final Mapping mapping;
    private final Machine machine;
    private final Ref what;
    private final Set<String> layerNames;

    Lifting(Layer layer, Verification verification, JavaSources sources, Layouts layouts) {
        this.verification = verification;
        this.mapping = new Mapping(layer, verification);
        this.what = verification.what();
        this.machine = new Machine(new Facts(layer), sizes(layer), sources, layouts);
        this.layerNames = new java.util.HashSet<>();
        layer.tensors().forEach(t -> layerNames.add(t.name()));
    }

    private Domain sizes(Layer layer) {
        Map<String, IntExpr> bound = new LinkedHashMap<>();
        mapping.sizes().forEach((name, value) -> bound.put(name, IntExpr.of(value)));
        List<Constraint> constraints = layer.sizeDomain().constraints().stream()
                .map(c -> c.substitute(bound))
                .toList();
        return Domain.of(constraints);
    }

    Lifted lift() {
        TypeDeclaration<?> type = machine.sources
                .find(verification.className())
                .orElseThrow(() -> new Refusal(Diagnostic.error(
                        Messages.NOT_FOUND,
                        verification.place(),
                        "the source of the class `" + verification.className() + "` is not there")));
        MethodDeclaration method = Methods.find(type, verification);
        Value result = run(type, method);
        mapping.unused().ifPresent(name -> {
            throw new Refusal(Diagnostic.error(
                    Messages.MAPPING,
                    verification.place(),
                    "`" + name + "` is no parameter of `" + method.getNameAsString() + "` and no field of `"
                            + type.getNameAsString() + "`"));
        });
        return result(result, method);
    }

    private Value run(TypeDeclaration<?> type, MethodDeclaration method) {
        machine.frames.push(new Machine.Frame(machine.fresh(), type, method));
        Binding binding = new Binding(machine, mapping, type, method, what);
        binding.fields();
        if (mapping.before().isPresent()) {
            MethodDeclaration first = Methods.only(type, mapping.before().get(), verification);
            machine.frames.push(new Machine.Frame(machine.fresh(), type, first));
            new Binding(machine, mapping, type, first, what).parameters(first);
            machine.statements.run(List.of(first.getBody().orElseThrow()));
            machine.frames.pop();
            machine.state.returned = null;
            machine.notes.add("`" + first.getNameAsString() + "` runs first, on the same tensors");
        }
        binding.parameters(method);
        machine.statements.run(List.of(method.getBody().orElseThrow()));
        Value returned = machine.state.returned;
        return returned == null ? new Value.Nothing() : returned;
    }

    // ---- the result

    private Value resultOf(Value returned, MethodDeclaration method) {
        Optional<String> name = mapping.result();
        if (name.isEmpty()) {
            if (returned instanceof Value.Nothing) {
                throw new Refusal(
                                Messages.MAPPING,
                                method,
                                "`" + method.getNameAsString() + "` returns nothing: which parameter or field holds "
                                        + what + "?")
                        .help("say it: (…, result = dw)");
            }
            return returned;
        }
        String key = name.get().startsWith("this.") ? name.get() : machine.key(name.get());
        Value value = machine.state.variables.get(key);
        value = value == null ? machine.state.variables.get("this." + name.get()) : value;
        if (value == null) {
            throw new Refusal(Diagnostic.error(
                    Messages.MAPPING,
                    verification.place(),
                    "`" + name.get() + "` is no parameter of `" + method.getNameAsString() + "` and no field"));
        }
        return value;
    }

    private Lifted result(Value returned, MethodDeclaration method) {
        Value value = resultOf(returned, method);
        List<IntExpr> shape = mapping.shape(what);
        List<Range> indices = Indices.of(mapping.layer(), what, shape);
        List<IntExpr> index = indices.stream().map(Range::index).toList();
        Domain domain = machine.domain;
        for (Range range : indices) {
            domain = domain.and(range);
        }
        Expr content;
        List<String> layout = new ArrayList<>();
        if (value instanceof Value.Array array) {
            ResultArray result = new ResultArray(machine, array, shape, domain, method);
            content = result.entry(index, verification);
            layout.add(result.layout(what, index));
        } else if (shape.isEmpty()) {
            content = machine.expressions.real(machine.expressions.load(value, method), method);
        } else {
            throw new Refusal(Messages.SHAPE, method, "the result is one number, " + what + " has axes");
        }
        content = withoutPrior(content);
        machine.demandKnown(Law.names(content));
        demandLayerNames(content, method);
        Expr right = new Tidy(mapping, machine.facts, machine.domain).tidy(content, indices);
        Expr left = new Expr.Read(what, index, null);
        layouts(layout);
        String equation = Printer.print(left) + " = " + Printer.print(right);
        List<String> notes = new ArrayList<>(machine.notes);
        notes.add("arrays of different names are taken to be different arrays, and no int to overflow");
        notes.add("floating-point rounding, and the order in which sums are taken, are set aside");
        return new Lifted(
                new Claim(left, right, indices, "", equation, JavaFile.place(method)),
                equation,
                layout,
                notes,
                mapping.sizes());
    }

    private Expr withoutPrior(Expr content) {
        if (!Law.names(content).contains(Binding.PRIOR)) {
            return content;
        }
        return new SelfReads(SelfReads.of(Binding.PRIOR, 0, false), i -> Expr.Num.ZERO).expr(content);
    }

    private void demandLayerNames(Expr content, MethodDeclaration method) {
        for (String name : Law.names(content)) {
            if (!layerNames.contains(name)) {
                throw new Refusal(
                        Messages.UNKNOWN,
                        method,
                        "the result depends on `" + name.replaceAll("#.*", "") + "`, which is not known");
            }
        }
    }

    private void layouts(List<String> layout) {
        for (ArrayInfo info : machine.arrays.values()) {
            if (info.site().equals(info.name()) && info.rank() > 0) {
                mapping.tensor(info.name(), false).ifPresent(ref -> {
                    List<Range> ranges = Indices.of(mapping.layer(), ref, info.extents());
                    List<String> index = ranges.stream().map(Range::name).toList();
                    String line = ref + "[" + String.join(",", index) + "] is " + info.access(index);
                    if (!layout.contains(line)) {
                        layout.add(line);
                    }
                });
            }
        }
    }
}
