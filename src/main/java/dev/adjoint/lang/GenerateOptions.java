package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What may stand in the braces after a {@code generate}. */
final class GenerateOptions {
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("type", List.of("float", "double"));
        VALUES.put("target", List.of("portable", "vector"));
        VALUES.put("unroll", List.of("auto", "full", "none"));
        VALUES.put("winograd", List.of("auto", "none"));
        VALUES.put("save", List.of("true", "false"));
        VALUES.put("parallel", List.of("true", "false"));
    }

    private GenerateOptions() {}

    /** The options; what is not known, or said twice, is told. */
    static Generate.Options of(List<Syntax.Setting> settings, Diagnostics found) {
        Map<String, String> chosen = new LinkedHashMap<>();
        Generate.Options none = Generate.Options.DEFAULT;
        chosen.put("type", none.type().name());
        chosen.put("target", none.target().name());
        chosen.put("unroll", none.unroll().name());
        chosen.put("winograd", none.winograd() ? "AUTO" : "NONE");
        chosen.put("save", String.valueOf(none.save()));
        chosen.put("parallel", String.valueOf(none.parallel()));
        Map<String, Syntax.Setting> named = new LinkedHashMap<>();
        for (Syntax.Setting setting : settings) {
            String key = setting.key().text();
            List<String> values = VALUES.get(key);
            Syntax.Setting first = named.putIfAbsent(key, setting);
            if (values == null) {
                found.add(
                        unknown("there is no option `" + key + "`", key, setting.key(), List.copyOf(VALUES.keySet())));
            } else if (first != null) {
                found.add(Diagnostic.error(Codes.L071.name(), setting.key().place(), "`" + key + "` is set twice")
                        .note("first here", first.key().place()));
            } else if (!values.contains(setting.value().text())) {
                String value = setting.value().text();
                found.add(unknown("`" + key + "` cannot be `" + value + "`", value, setting.value(), values));
            } else {
                chosen.put(key, setting.value().text().toUpperCase(Locale.ROOT));
            }
        }
        return new Generate.Options(
                Generate.Options.Type.valueOf(chosen.getOrDefault("type", "")),
                Generate.Options.Target.valueOf(chosen.getOrDefault("target", "")),
                Generate.Options.Unroll.valueOf(chosen.getOrDefault("unroll", "")),
                chosen.getOrDefault("winograd", "").equals("AUTO"),
                chosen.getOrDefault("save", "").equalsIgnoreCase("true"),
                chosen.getOrDefault("parallel", "").equalsIgnoreCase("true"));
    }

    private static Diagnostic unknown(String message, String text, Syntax.Name at, List<String> valid) {
        Diagnostic diagnostic = Diagnostic.error(Codes.L071.name(), at.place(), message);
        return Nearest.to(text, valid)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("it is one of " + String.join(", ", valid)));
    }
}
