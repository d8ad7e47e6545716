package dev.adjoint.report.math;

import java.util.Map;

/** Text as LaTeX prints it: what its engine does not know is named by its code point, so that every page compiles. */
final class LatexText {
    static final Map<Integer, String> GREEK = Map.ofEntries(
            Map.entry((int) 'α', "\\alpha"),
            Map.entry((int) 'β', "\\beta"),
            Map.entry((int) 'γ', "\\gamma"),
            Map.entry((int) 'δ', "\\delta"),
            Map.entry((int) 'ε', "\\varepsilon"),
            Map.entry((int) 'ζ', "\\zeta"),
            Map.entry((int) 'η', "\\eta"),
            Map.entry((int) 'θ', "\\theta"),
            Map.entry((int) 'ι', "\\iota"),
            Map.entry((int) 'κ', "\\kappa"),
            Map.entry((int) 'λ', "\\lambda"),
            Map.entry((int) 'μ', "\\mu"),
            Map.entry((int) 'ν', "\\nu"),
            Map.entry((int) 'ξ', "\\xi"),
            Map.entry((int) 'π', "\\pi"),
            Map.entry((int) 'ρ', "\\rho"),
            Map.entry((int) 'σ', "\\sigma"),
            Map.entry((int) 'ς', "\\varsigma"),
            Map.entry((int) 'τ', "\\tau"),
            Map.entry((int) 'υ', "\\upsilon"),
            Map.entry((int) 'φ', "\\varphi"),
            Map.entry((int) 'χ', "\\chi"),
            Map.entry((int) 'ψ', "\\psi"),
            Map.entry((int) 'ω', "\\omega"),
            Map.entry((int) 'Γ', "\\Gamma"),
            Map.entry((int) 'Δ', "\\Delta"),
            Map.entry((int) 'Θ', "\\Theta"),
            Map.entry((int) 'Λ', "\\Lambda"),
            Map.entry((int) 'Ξ', "\\Xi"),
            Map.entry((int) 'Π', "\\Pi"),
            Map.entry((int) 'Σ', "\\Sigma"),
            Map.entry((int) 'Φ', "\\Phi"),
            Map.entry((int) 'Ψ', "\\Psi"),
            Map.entry((int) 'Ω', "\\Omega"));

    private static final Map<Integer, String> SIGNS = Map.ofEntries(
            Map.entry((int) '✓', "\\checkmark"),
            Map.entry((int) '✗', "\\times"),
            Map.entry((int) '∑', "\\sum"),
            Map.entry((int) '∏', "\\prod"),
            Map.entry((int) '∂', "\\partial"),
            Map.entry((int) '≤', "\\le"),
            Map.entry((int) '≥', "\\ge"),
            Map.entry((int) '≠', "\\ne"),
            Map.entry((int) '≈', "\\approx"),
            Map.entry((int) '·', "\\cdot"),
            Map.entry((int) '×', "\\times"),
            Map.entry((int) '⊗', "\\otimes"),
            Map.entry((int) '−', "-"),
            Map.entry((int) '∞', "\\infty"),
            Map.entry((int) '∈', "\\in"),
            Map.entry((int) '→', "\\to"),
            Map.entry((int) '←', "\\leftarrow"),
            Map.entry((int) '√', "\\surd"),
            Map.entry((int) '⌊', "\\lfloor"),
            Map.entry((int) '⌋', "\\rfloor"),
            Map.entry((int) '⁺', "{}^{+}"),
            Map.entry((int) '²', "{}^{2}"),
            Map.entry((int) '³', "{}^{3}"),
            Map.entry((int) '°', "{}^{\\circ}"),
            Map.entry((int) '′', "{}^{\\prime}"),
            Map.entry((int) '½', "\\tfrac12"));

    private static final Map<Integer, String> TEXT = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '^', "\\^{}"),
            Map.entry((int) '~', "\\~{}"),
            Map.entry((int) '<', "\\textless{}"),
            Map.entry((int) '>', "\\textgreater{}"),
            Map.entry((int) '|', "\\textbar{}"),
            Map.entry((int) '`', "\\`{}"),
            Map.entry((int) '-', "-{}"),
            Map.entry((int) '[', "{[}"),
            Map.entry((int) ']', "{]}"),
            Map.entry(0xA0, "~"),
            Map.entry((int) '–', "\\textendash{}"),
            Map.entry((int) '—', "\\textemdash{}"),
            Map.entry((int) '…', "\\dots{}"),
            Map.entry((int) '“', "\\textquotedblleft{}"),
            Map.entry((int) '”', "\\textquotedblright{}"),
            Map.entry((int) '‘', "\\textquoteleft{}"),
            Map.entry((int) '’', "\\textquoteright{}"));

    private LatexText() {}

    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String word = TEXT.get(c);
            String greek = GREEK.getOrDefault(c, SIGNS.get(c));
            if (word != null) {
                out.append(word);
            } else if (greek != null) {
                out.append("\\ensuremath{").append(greek).append('}');
            } else if (c == '\n' || c == '\t') {
                out.append(' ');
            } else if (c >= ' ' && c < 0x7F || isLatin(c)) {
                out.appendCodePoint(c);
            } else {
                out.append("\\texttt{U+")
                        .append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT))
                        .append('}');
            }
        });
        return out.toString();
    }

    /** The letters of Western Europe that TeX's own fonts have, or can put together. */
    private static boolean isLatin(int c) {
        return c >= 0xC0 && c <= 0xFF && "\u00D0\u00D7\u00DE\u00F0\u00F7\u00FE".indexOf(c) < 0;
    }
}
