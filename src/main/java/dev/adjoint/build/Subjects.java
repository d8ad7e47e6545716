package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importer;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.lift.Stated;
import dev.adjoint.report.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The layers that are asked about: those of the specs, and those of the library that Javadocs speak of. */
final class Subjects {
    private final SpecSet specs;
    private final Questions questions;

    private Subjects(SpecSet specs, Questions questions) {
        this.specs = specs;
        this.questions = questions;
    }

    /**
     * With what is asked of them.
     *
     * @param name of a layer, or of a class that is generated of one; all layers if empty
     * @throws AdjointException if there is no such layer, or a Javadoc speaks of one that is not there
     */
    static List<Judging.Subject> of(SpecSet specs, Optional<String> name, Questions questions) {
        Subjects subjects = new Subjects(specs, questions);
        return name.isPresent() ? subjects.named(name.get()) : subjects.all();
    }

    /** Every layer of the specs with what it claims, and with no more than that. */
    static List<Judging.Subject> ofClaims(SpecSet specs) {
        return specs.files().stream()
                .flatMap(spec -> spec.file().layers().stream())
                .map(layer -> new Judging.Subject(
                        layer,
                        Map.of(),
                        layer.claims().stream().map(Question::of).toList()))
                .toList();
    }

    private List<Judging.Subject> all() {
        List<Layer> layers = new ArrayList<>(layers().toList());
        Map<String, Layer> known = new LinkedHashMap<>();
        layers.forEach(layer -> known.put(Questions.nameOf(layer), layer));
        for (Stated stated : questions.stated()) {
            if (!known.containsKey(stated.layer())) {
                Layer layer = ofLibrary(stated.layer())
                        .orElseThrow(() ->
                                new AdjointException(Trouble.noLayerOfJavadoc(stated, List.copyOf(known.keySet()))));
                known.put(stated.layer(), layer);
                layers.add(withoutClaims(layer));
            }
        }
        return layers.stream().map(layer -> subject(layer, Map.of())).toList();
    }

    private List<Judging.Subject> named(String name) {
        List<Judging.Subject> found =
                new ArrayList<>(layers().filter(layer -> layer.name().equals(name))
                        .map(layer -> subject(layer, Map.of()))
                        .toList());
        for (SpecSet.Loaded spec : specs.files()) {
            for (Generate generate : spec.file().generates()) {
                if (found.isEmpty() && generate.className().equals(name)) {
                    origin(generate, spec.file()).ifPresent(layer -> found.add(subject(layer, generate.bound())));
                }
            }
        }
        if (found.isEmpty()) {
            throw new AdjointException(Trouble.noSuchLayer(name, names()));
        }
        return found;
    }

    /** The layer that a class is generated of, whose claims speak of the class too; empty if it stands elsewhere. */
    private Optional<Layer> origin(Generate generate, SpecFile spec) {
        return Stream.concat(
                        Stream.of(spec),
                        specs.files().stream()
                                .map(SpecSet.Loaded::file)
                                .filter(other -> spec.imports().contains(other.file())))
                .flatMap(file -> file.layers().stream())
                .filter(layer -> layer.name().equals(generate.origin()))
                .findFirst();
    }

    /** Of layers, and of classes whose layers are here. */
    private List<String> names() {
        Stream<String> classes = specs.files().stream()
                .flatMap(f -> f.file().generates().stream()
                        .filter(g -> origin(g, f.file()).isPresent())
                        .map(Generate::className));
        return Stream.concat(layers().map(Layer::name), classes).distinct().toList();
    }

    private Judging.Subject subject(Layer layer, Map<String, Long> bound) {
        return new Judging.Subject(layer, bound, questions.of(layer));
    }

    private Stream<Layer> layers() {
        return specs.files().stream().flatMap(f -> f.file().layers().stream());
    }

    private static Optional<Layer> ofLibrary(String qualified) {
        int dot = qualified.lastIndexOf('.');
        Importer library = Importers.library();
        return dot < 0
                ? Optional.empty()
                : library.find(qualified.substring(0, dot)).stream()
                        .flatMap(source -> Specs.parse(source.file(), source.text(), library).layers().stream())
                        .filter(layer -> layer.name().equals(qualified.substring(dot + 1)))
                        .findFirst();
    }

    /** What the library claims was judged where it was made. */
    private static Layer withoutClaims(Layer layer) {
        return new Layer(
                layer.packageName(),
                layer.name(),
                layer.doc(),
                layer.sizes(),
                layer.tensors(),
                layer.functions(),
                layer.equations(),
                layer.assumptions(),
                layer.valueAssumptions(),
                List.of(),
                List.of(),
                layer.openReads(),
                layer.place());
    }
}
