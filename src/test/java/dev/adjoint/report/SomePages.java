package dev.adjoint.report;

import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tests of pages are made of. */
final class SomePages {
    /** What breaks out of a page that does not escape it. */
    static final String HOSTILE =
            "</title></style></pre><script>alert(1)</script><img src=x onerror=alert(2)> & \" ' `x` $y$"
                    + " <!-- -- ]]> --> \\end{document} \\input{x} % # _ ^ ~ {} [a](http://b) ![c](d) ** ``` | « » 日本 \u0007";

    private static final Map<Pages.Format, List<SourceFile>> PRINTED = new EnumMap<>(Pages.Format.class);
    private static List<SpecReport> known = List.of();
    private static List<SpecReport> again = List.of();

    private SomePages() {}

    /** Every spec of the library, with a class of each layer of which the library generates one; derived once. */
    static List<SpecReport> specs() throws IOException {
        if (known.isEmpty()) {
            known = derived();
        }
        return known;
    }

    /** The library as specs, derived a second time. */
    static List<SpecReport> specsAgain() throws IOException {
        if (again.isEmpty()) {
            again = derived();
        }
        return again;
    }

    private static List<SpecReport> derived() throws IOException {
        List<SpecReport> specs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                SpecFile spec = Specs.load(file, Importers.library());
                String name = "specs/" + file.getFileName();
                List<LayerReport> layers =
                        spec.layers().stream().map(l -> report(l, spec, name)).toList();
                specs.add(new SpecReport(name, spec.packageName(), spec.doc(), spec.definitions(), layers));
            }
        }
        return specs;
    }

    /** A spec of these layers that says something hostile of itself. */
    static SpecReport spec(LayerReport... layers) {
        return new SpecReport("more.layer", "", HOSTILE, List.of(), List.of(layers));
    }

    /** The pages of the library, printed once. */
    static List<SourceFile> printed(Pages.Format format) throws IOException {
        List<SpecReport> specs = specs();
        return PRINTED.computeIfAbsent(format, f -> Pages.all(specs, f));
    }

    /** Every layer of the library. */
    static List<LayerReport> library() throws IOException {
        return specs().stream().flatMap(s -> s.layers().stream()).toList();
    }

    private static LayerReport report(Layer layer, SpecFile spec, String name) {
        Optional<SourceFile> source = spec.generates().stream()
                .filter(g -> g.origin().equals(layer.name()))
                .findFirst()
                .map(g -> emitted(g, name));
        return new LayerReport(Derive.derive(layer), name, List.of(), source);
    }

    private static SourceFile emitted(Generate generate, String spec) {
        return Emitter.emit(generate, Derive.derive(generate.layer()), spec).get(0);
    }

    static Layer layer(String text) {
        return Specs.parse("some.layer", text, Importers.library()).layers().get(0);
    }

    /** A layer whose every text is hostile, with a verdict of each kind. */
    static LayerReport hostile() {
        Layer layer = layer("/** " + HOSTILE.replace("*/", "").replace("\u0007", "") + " */\n"
                + "layer Hostile[H, W, K_1] { assume H >= K_1 && W >= K_1"
                + " input a_very_long_name_of_an_input[H, W] param w_[K_1, K_1]"
                + " output x[i < H-K_1+1, j < W-K_1+1] ="
                + " sum[m < K_1, n < K_1](w_[m,n] * a_very_long_name_of_an_input[i+m, j+n])"
                + " claim grad w_[m,n] = sum[i, j](delta[i,j] * a_very_long_name_of_an_input[i+m, j+n])"
                + " claim grad w_[m,n] = sum[i, j](delta[i,j] * a_very_long_name_of_an_input[i+n, j+m])"
                + " claim x[i,j] = x[i,j]"
                + " claim x[i,j] = 2 * x[i,j] }");
        List<Claim> claims = layer.claims();
        Counterexample counterexample = new Counterexample(
                Map.of("H", 2L),
                Map.of("delta" + HOSTILE, List.of("1", HOSTILE)),
                Map.of("delta" + HOSTILE, List.of(2L)),
                Map.of("m", 0L),
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                List.of(HOSTILE));
        List<Verdict> verdicts = List.of(
                new Verdict(claims.get(0), Word.PROVED, Map.of("K_1", 3L), List.of(HOSTILE), HOSTILE, null, null),
                new Verdict(
                        claims.get(1),
                        Word.REFUTED,
                        Map.of(),
                        List.of(),
                        HOSTILE,
                        counterexample,
                        new Diagnosis(List.of(HOSTILE), HOSTILE)),
                new Verdict(claims.get(2), Word.TESTED, Map.of(), List.of(), HOSTILE, null, null),
                new Verdict(claims.get(3), Word.UNKNOWN, Map.of(), List.of(), HOSTILE, null, null));
        SourceFile source = new SourceFile(
                "Hostile.java",
                "class Hostile {\n    private void computeGradW_() {\n        // " + HOSTILE + "\n    }\n}\n");
        return new LayerReport(Derive.derive(layer), HOSTILE, verdicts, Optional.of(source));
    }

    /** A line, so that one axis is drawn too, and two outputs, so that errors have names. */
    static LayerReport line() {
        Layer layer =
                layer("layer Line[H, K, P] { assume P >= 0 && K <= H + 2*P input o[H] param w[K] let s[i < H] = o[i]^2"
                        + " output x[i < H+2*P-K+1] = sum[k < K](w[k] * pad(o[i+k-P])) output y[i < H] = s[i] / 2 }");
        return new LayerReport(Derive.derive(layer), "line.layer", List.of(), Optional.empty());
    }
}
