package dev.adjoint.report.math;

import java.util.HashMap;
import java.util.Map;

/**
 * Names as they are set: Greek letters by their names. A number at the end of a size or an index stands below, K₁: they
 * have no entries. That at the end of a tensor or a function stands beside, x2: below it would be x's entry 2.
 */
final class Names {
    private static final Map<String, String> GREEK = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("epsilon", "ε"),
            Map.entry("zeta", "ζ"),
            Map.entry("eta", "η"),
            Map.entry("theta", "θ"),
            Map.entry("kappa", "κ"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("nu", "ν"),
            Map.entry("xi", "ξ"),
            Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"),
            Map.entry("phi", "φ"),
            Map.entry("chi", "χ"),
            Map.entry("psi", "ψ"),
            Map.entry("omega", "ω"));

    private static final Map<String, String> WRITTEN = written();

    private Names() {}

    private static Map<String, String> written() {
        Map<String, String> names = new HashMap<>(Map.of("δ", "delta", "π", "pi", "∞", "inf"));
        GREEK.forEach((name, sign) -> names.put(sign, name));
        return Map.copyOf(names);
    }

    /** The name of a size or an index, {@code K1} and {@code K_1} as K₁. */
    static MathNode of(String name) {
        return name.matches("[^0-9].*[0-9]") && !name.matches("_[0-9]+") ? new MathNode.Numbered(name) : whole(name);
    }

    /** The name of a tensor, a function or a definition, in one piece. */
    static MathNode whole(String name) {
        return new MathNode.Name(GREEK.getOrDefault(name, name));
    }

    /** The name in the language of which this is the sign. */
    static String written(String sign) {
        return WRITTEN.getOrDefault(sign, sign);
    }
}
