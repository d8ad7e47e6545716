package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The classes that a file asks for: layers resolved anew with their bound sizes and functions in their places. */
final class Generates {
    private final Unit unit;
    private final Diagnostics found;

    Generates(Unit unit, Diagnostics found) {
        this.unit = unit;
        this.found = found;
    }

    /** Every class of the file itself, in the order of the text; those with errors are told of. */
    List<Generate> all() {
        List<Generate> generates = new ArrayList<>();
        for (Unit.GenerateSource source : unit.generates.values()) {
            if (source.unit() == unit) {
                Generate generate = generate(source.text());
                if (generate != null) {
                    generates.add(generate);
                }
            }
        }
        return generates;
    }

    private @Nullable Generate generate(Syntax.GenerateText text) {
        Generate.Options options = GenerateOptions.of(text.settings(), found);
        List<Stages.Bound> chain = new Stages(found).of(text, unit);
        Composition.Composed composed = chain == null
                ? null
                : new Composition(text, unit.syntax.packageName().text(), found).of(chain);
        if (chain == null
                || composed == null
                || !Lengths.fit(composed.layer(), text.name().place(), found)) {
            return null;
        }
        Layer layer = composed.layer();
        Layer named = new Layer(
                layer.packageName(),
                text.name().text(),
                text.doc().isEmpty() ? layer.doc() : text.doc(),
                layer.sizes(),
                layer.tensors(),
                layer.functions(),
                NeedlessPads.dropped(layer),
                layer.assumptions(),
                layer.valueAssumptions(),
                List.of(),
                List.of(),
                layer.openReads(),
                text.place());
        return new Generate(
                text.name().text(),
                unit.syntax.packageName().text(),
                named,
                Stages.title(chain),
                composed.bound(),
                options,
                text.place());
    }
}
