package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The derivations that somebody wants to see.
 *
 * @param gradients those that were asked for, all if none was
 */
public record Selection(Derivation derivation, List<Gradient> gradients) {
    public Selection {
        gradients = List.copyOf(gradients);
    }

    /**
     * Derives the layers of a spec or of a directory of specs.
     *
     * @param layer a layer's name, or that of a class that is generated of one, with its sizes bound; all layers if empty
     * @param tensor whose gradient; all if empty
     * @throws AdjointException if a spec is wrong, or if there is no such layer or tensor
     */
    public static List<Selection> of(BuildRequest request, Optional<String> layer, Optional<String> tensor) {
        return Deep.call("a formula", () -> {
            SpecSet specs = SpecSet.load(request, Progress.NONE);
            List<Layer> layers = layer.isPresent() ? named(specs, layer.get()) : all(specs);
            if (tensor.isPresent() && layers.stream().noneMatch(l -> has(l, tensor.get()))) {
                throw new AdjointException(Trouble.noSuchTensor(tensor.get(), tensorNames(layers)));
            }
            List<Selection> selections = new ArrayList<>();
            for (Layer each : layers) {
                if (tensor.isEmpty() || has(each, tensor.get())) {
                    selections.add(of(Derive.derive(each), tensor));
                }
            }
            return List.copyOf(selections);
        });
    }

    private static Selection of(Derivation derivation, Optional<String> tensor) {
        List<Gradient> wanted = derivation.gradients().stream()
                .filter(g -> tensor.isEmpty() || g.of().name().equals(tensor.get()))
                .toList();
        return new Selection(derivation, wanted);
    }

    private static List<Layer> all(SpecSet specs) {
        return specs.files().stream().flatMap(f -> f.file().layers().stream()).toList();
    }

    private static List<Layer> named(SpecSet specs, String name) {
        List<Layer> classes = specs.files().stream()
                .flatMap(f -> f.file().generates().stream())
                .filter(g -> g.className().equals(name))
                .map(g -> g.layer())
                .toList();
        List<Layer> layers =
                all(specs).stream().filter(l -> l.name().equals(name)).toList();
        if (layers.isEmpty() && classes.isEmpty()) {
            Stream<String> known = Stream.concat(
                    all(specs).stream().map(Layer::name),
                    specs.files().stream()
                            .flatMap(f -> f.file().generates().stream())
                            .map(g -> g.className()));
            throw new AdjointException(
                    Trouble.noSuchLayer(name, known.distinct().toList()));
        }
        return layers.isEmpty() ? classes : layers;
    }

    /** Lets have gradients too. */
    private static boolean has(Layer layer, String tensor) {
        return layer.tensor(tensor)
                .filter(t -> t.hasGradient() || t.role() == Tensor.Role.LET)
                .isPresent();
    }

    private static List<String> tensorNames(List<Layer> layers) {
        return layers.stream()
                .flatMap(l -> l.tensors().stream())
                .filter(t -> t.hasGradient() || t.role() == Tensor.Role.LET)
                .map(Tensor::name)
                .distinct()
                .toList();
    }
}
