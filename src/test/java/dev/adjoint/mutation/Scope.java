package dev.adjoint.mutation;

import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that are seen from a place of a claim.
 *
 * @param sizes of the layer
 * @param indices of the claim, and of the reductions around the place
 * @param references everything that has entries, with its rank: tensors, deltas, gradients
 * @param integerTensors those whose entries are integers
 * @param open the functions that the layer leaves open
 * @param definitions the rank of each parameter, by name
 */
record Scope(
        List<String> sizes,
        List<String> indices,
        Map<String, Integer> references,
        Set<String> integerTensors,
        List<String> open,
        Map<String, List<Integer>> definitions) {

    static Scope of(Layer layer, List<String> indices, Map<String, List<Integer>> definitions) {
        Map<String, Integer> references = new java.util.LinkedHashMap<>();
        Set<String> integers = new LinkedHashSet<>();
        for (Tensor tensor : layer.tensors()) {
            references.put(tensor.name(), tensor.rank());
            if (tensor.isInteger()) {
                integers.add(tensor.name());
            }
        }
        for (Tensor output : layer.outputs()) {
            references.put(layer.outputs().size() == 1 ? "delta" : "delta." + output.name(), output.rank());
        }
        for (Tensor tensor : layer.tensors()) {
            if (tensor.hasGradient() || tensor.role() == Tensor.Role.LET) {
                references.put("grad " + tensor.name(), tensor.rank());
            }
        }
        List<String> sizes = layer.sizes().stream().map(Size::name).toList();
        return new Scope(sizes, indices, references, integers, layer.functions(), definitions);
    }

    Scope with(List<String> bound) {
        List<String> all = new ArrayList<>(indices);
        all.addAll(bound);
        return new Scope(sizes, all, references, integerTensors, open, definitions);
    }

    /** Indices and sizes. */
    List<String> integers() {
        List<String> all = new ArrayList<>(indices);
        all.addAll(sizes);
        return all;
    }

    List<String> ofRank(int rank) {
        return references.entrySet().stream()
                .filter(e -> e.getValue() == rank)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A name for an index that nothing bears yet. */
    String fresh() {
        for (String name : List.of("u", "v", "h", "u1", "u2", "u3", "u4", "u5")) {
            if (!indices.contains(name)
                    && !sizes.contains(name)
                    && !references.containsKey(name)
                    && !open.contains(name)
                    && !definitions.containsKey(name)) {
                return name;
            }
        }
        throw new IllegalStateException("no name is left for an index");
    }

    /** Whether the expression is an integer, and may stand in an index. */
    boolean isInteger(Tree t) {
        return switch (t.kind()) {
            case NUMBER -> t.word().chars().allMatch(Character::isDigit);
            case ACCESS -> t.isName() ? integers().contains(t.word()) : integerTensors.contains(t.word());
            case SUM, EXTREMUM, NEGATIVE -> t.children().stream().allMatch(this::isInteger);
            case PRODUCT -> !t.words().contains("/") && t.children().stream().allMatch(this::isInteger);
            case REDUCTION -> t.word().startsWith("arg");
            case CALL -> t.word().equals("abs") && isInteger(t.child(0));
            default -> false;
        };
    }
}
