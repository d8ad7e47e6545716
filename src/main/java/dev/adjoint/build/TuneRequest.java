package dev.adjoint.build;

import dev.adjoint.check.TuneSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which plans are to be measured.
 *
 * @param from a spec, or a directory of specs
 * @param layer the layer or the class that is tuned; all classes with vectors if empty
 * @param sizes at which classes are measured that leave these sizes open
 * @param settings how they are measured
 */
public record TuneRequest(Path from, Optional<String> layer, Map<String, Long> sizes, TuneSettings settings) {
    public TuneRequest {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    }

    /** Everything that the specs generate. */
    public static TuneRequest of(Path from) {
        return new TuneRequest(from, Optional.empty(), Map.of(), TuneSettings.DEFAULT);
    }

    public TuneRequest only(String name) {
        return new TuneRequest(from, Optional.of(name), sizes, settings);
    }

    public TuneRequest at(Map<String, Long> open) {
        return new TuneRequest(from, layer, open, settings);
    }

    public TuneRequest with(TuneSettings other) {
        return new TuneRequest(from, layer, sizes, other);
    }
}
