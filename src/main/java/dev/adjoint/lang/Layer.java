package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.index.Domain;
import java.util.List;
import java.util.Optional;

/**
 * A layer, resolved: every name is known, every index has its range, every definition is expanded, every read is shown
 * to lie inside its tensor or listed among the {@code open} ones.
 *
 * @param packageName the package that the file states, as {@code adjoint.conv}
 * @param doc the documentation comment, without its stars; empty if there is none
 * @param functions the uninterpreted functions, by name
 * @param equations lets and outputs, each after what it reads
 * @param assumptions on sizes, as stated; that every axis is at least 1 is implied
 * @param openReads conditions over the sizes that could not be decided and are checked when sizes are known
 */
public record Layer(
        String packageName,
        String name,
        String doc,
        List<Size> sizes,
        List<Tensor> tensors,
        List<String> functions,
        List<Equation> equations,
        List<Cond> assumptions,
        List<Cond> valueAssumptions,
        List<Claim> claims,
        List<Verification> verifications,
        List<OpenRead> openReads,
        Place place) {

    /** A read whose place inside the tensor depends on sizes in a way that could not be decided for all of them. */
    public record OpenRead(Cond inside, String read, Place place) {}

    public Layer {
        sizes = List.copyOf(sizes);
        tensors = List.copyOf(tensors);
        functions = List.copyOf(functions);
        equations = List.copyOf(equations);
        assumptions = List.copyOf(assumptions);
        valueAssumptions = List.copyOf(valueAssumptions);
        claims = List.copyOf(claims);
        verifications = List.copyOf(verifications);
        openReads = List.copyOf(openReads);
    }

    public Optional<Tensor> tensor(String tensorName) {
        return tensors.stream().filter(t -> t.name().equals(tensorName)).findFirst();
    }

    /** The tensors in one role, in the order of their declaration. */
    public List<Tensor> tensors(Tensor.Role role) {
        return tensors.stream().filter(t -> t.role() == role).toList();
    }

    public List<Tensor> outputs() {
        return tensors(Tensor.Role.OUTPUT);
    }

    /** What the caller passes in, in the order of declaration: inputs, params and consts as they stand. */
    public List<Tensor> given() {
        return tensors.stream().filter(Tensor::isGiven).toList();
    }

    /** The tensors whose gradients the backward pass computes, in the order of declaration. */
    public List<Tensor> differentiable() {
        return tensors.stream().filter(Tensor::hasGradient).toList();
    }

    /** What is known of the sizes: each axis is at least 1, and the linear assumptions hold. */
    public Domain sizeDomain() {
        return SizeDomain.of(this);
    }
}
