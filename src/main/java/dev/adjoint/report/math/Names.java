package dev.adjoint.report.math;

import java.util.List;
import java.util.Map;

/** Names as they are set: Greek letters by their names, numbers at the end below. */
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

    private Names() {}

    /** {@code K1} and {@code K_1} as K₁. */
    static MathNode of(String name) {
        int end = name.length();
        while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
            end--;
        }
        if (end == name.length() || end == 0) {
            return letters(name);
        }
        int stem = end > 1 && name.charAt(end - 1) == '_' ? end - 1 : end;
        return new MathNode.Index(letters(name.substring(0, stem)), List.of(new MathNode.Digits(name.substring(end))));
    }

    /** As it stands before its own indices, where a number at its end stays beside it. */
    static MathNode base(String name, boolean indexed) {
        return indexed ? letters(name) : of(name);
    }

    private static MathNode letters(String name) {
        return new MathNode.Name(GREEK.getOrDefault(name, name));
    }
}
