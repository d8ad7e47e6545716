package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Tensor;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import dev.adjoint.report.LayerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The derivations that somebody wants to see.
 *
 * @param gradients those that were asked for, all if none was
 * @param spec the name of the spec that the layer stands in
 * @param file what stands in that spec
 * @param example a class of the layer, the first that the spec generates; the class itself if that was asked for
 */
public record Selection(
        Derivation derivation, List<Gradient> gradients, String spec, SpecFile file, Optional<Generate> example) {
    public Selection {
        gradients = List.copyOf(gradients);
    }

    /** Warnings about the spec. */
    public List<Diagnostic> warnings() {
        return file.warnings();
    }

    /** What a page says of the layer, with the verdicts of its claims and the source of its example. */
    public LayerReport report() {
        return Deep.call("a formula", () -> {
            Derivation shown = new Derivation(derivation.layer(), gradients);
            return new LayerReport(shown, spec, verdicts(), example.map(this::emitted));
        });
    }

    private List<Verdict> verdicts() {
        Layer layer = derivation.layer();
        if (layer.claims().isEmpty()) {
            return List.of();
        }
        Prover prover = new Prover(layer, derivation, Prover.BUDGET);
        return layer.claims().stream().map(prover::judge).toList();
    }

    private SourceFile emitted(Generate generate) {
        return Emitter.emit(generate, Derive.derive(generate.layer()), spec).get(0);
    }

    /** A layer, and the spec that it stands in. */
    private record Found(Layer layer, SpecSet.Loaded spec, Optional<Generate> example) {}

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
            List<Found> layers = layer.isPresent() ? named(specs, layer.get()) : all(specs);
            if (tensor.isPresent() && layers.stream().noneMatch(l -> has(l.layer(), tensor.get()))) {
                throw new AdjointException(Trouble.noSuchTensor(tensor.get(), tensorNames(layers)));
            }
            List<Selection> selections = new ArrayList<>();
            for (Found each : layers) {
                if (tensor.isEmpty() || has(each.layer(), tensor.get())) {
                    selections.add(of(each, tensor));
                }
            }
            return List.copyOf(selections);
        });
    }

    private static Selection of(Found found, Optional<String> tensor) {
        Derivation derivation = Derive.derive(found.layer());
        List<Gradient> wanted = derivation.gradients().stream()
                .filter(g -> tensor.isEmpty() || g.of().name().equals(tensor.get()))
                .toList();
        return new Selection(
                derivation, wanted, found.spec().spec().name(), found.spec().file(), found.example());
    }

    private static List<Found> all(SpecSet specs) {
        return specs.files().stream()
                .flatMap(f -> f.file().layers().stream().map(layer -> new Found(layer, f, example(layer, f.file()))))
                .toList();
    }

    private static Optional<Generate> example(Layer layer, SpecFile spec) {
        return spec.generates().stream()
                .filter(g -> g.origin().equals(layer.name()))
                .findFirst();
    }

    private static List<Found> named(SpecSet specs, String name) {
        List<Found> classes = specs.files().stream()
                .flatMap(f -> f.file().generates().stream()
                        .filter(g -> g.className().equals(name))
                        .map(g -> new Found(g.layer(), f, Optional.of(g))))
                .toList();
        List<Found> layers =
                all(specs).stream().filter(l -> l.layer().name().equals(name)).toList();
        if (layers.isEmpty() && classes.isEmpty()) {
            Stream<String> known = Stream.concat(
                    all(specs).stream().map(l -> l.layer().name()),
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

    private static List<String> tensorNames(List<Found> layers) {
        return layers.stream()
                .flatMap(l -> l.layer().tensors().stream())
                .filter(t -> t.hasGradient() || t.role() == Tensor.Role.LET)
                .map(Tensor::name)
                .distinct()
                .toList();
    }
}
