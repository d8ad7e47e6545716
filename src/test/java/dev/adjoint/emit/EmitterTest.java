package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted classes compute what their equations and gradients say, sizes bound or open, in float and double. */
class EmitterTest {
    interface Maker {
        LayerBuilder make(String name, Map<String, Long> bound);
    }

    record Case(String name, Map<String, Long> sizes, Maker maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Map<String, Long> sizes(Object... pairs) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            sizes.put((String) pairs[k], ((Number) pairs[k + 1]).longValue());
        }
        return sizes;
    }

    static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        Map<String, Long> small = sizes("N", 2, "C", 3, "H", 9, "W", 7, "D", 5, "K", 3);
        all.add(new Case("Conv", small, (n, b) -> Zoo.conv(n, b, 1, 1, 0)));
        all.add(new Case("ConvPadded", small, (n, b) -> Zoo.conv(n, b, 1, 1, 1)));
        all.add(new Case("ConvStrided", small, (n, b) -> Zoo.conv(n, b, 2, 1, 1)));
        all.add(new Case("ConvDilated", small, (n, b) -> Zoo.conv(n, b, 1, 2, 2)));
        all.add(new Case("ConvStridedDilated", small, (n, b) -> Zoo.conv(n, b, 3, 2, 3)));
        all.add(new Case(
                "ConvFive",
                sizes("N", 1, "C", 2, "H", 12, "W", 14, "D", 6, "K", 5),
                (n, b) -> Zoo.conv(n, b, 1, 1, 0)));
        all.add(new Case(
                "ConvOne", sizes("N", 1, "C", 7, "H", 6, "W", 5, "D", 9, "K", 1), (n, b) -> Zoo.conv(n, b, 1, 1, 0)));
        Map<String, Long> wide = sizes("N", 2, "C", 3, "H", 13, "W", 18, "D", 7, "K", 3);
        all.add(new Case("RunsWide", wide, (n, b) -> Zoo.conv(n, b, 1, 1, 1)));
        all.add(new Case("RunsDilated", wide, (n, b) -> Zoo.conv(n, b, 1, 2, 3)));
        all.add(new Case(
                "RunsInStrips",
                sizes("N", 1, "C", 2, "H", 71, "W", 61, "D", 5, "K", 3),
                (n, b) -> Zoo.conv(n, b, 1, 1, 1)));
        all.add(new Case(
                "RunsOfManyTaps",
                sizes("N", 1, "C", 1, "H", 21, "W", 26, "D", 3, "K", 11),
                (n, b) -> Zoo.conv(n, b, 1, 1, 4)));
        all.add(new Case("RunsDeep", sizes("C", 3, "H", 17, "W", 19, "K", 3), Zoo::depthwise));
        all.add(new Case("RunsOfOneRow", sizes("C", 3, "W", 90, "D", 5, "K", 6), Zoo::conv1));
        all.add(new Case("Line", sizes("C", 3, "W", 40, "D", 4, "K", 6), Zoo::conv1));
        all.add(new Case("Depthwise", sizes("C", 3, "H", 7, "W", 9, "K", 3), Zoo::depthwise));
        Map<String, Long> pool = sizes("C", 2, "H", 9, "W", 7, "K", 3);
        all.add(new Case("MaxPool", pool, (n, b) -> Zoo.maxPool(n, b, 3, 0)));
        all.add(new Case("MaxPoolOverlapping", pool, (n, b) -> Zoo.maxPool(n, b, 2, 0)));
        all.add(new Case("MaxPoolPadded", pool, (n, b) -> Zoo.maxPool(n, b, 2, 1)));
        all.add(new Case("MeanPool", pool, (n, b) -> Zoo.meanPool(n, b, 2)));
        all.add(new Case("NormPool", sizes("C", 2, "H", 9, "K", 3), Zoo::normPool));
        all.add(new Case("Softmax", sizes("N", 4, "K", 5), Zoo::softmax));
        all.add(new Case("Probabilities", sizes("N", 4, "K", 5), Zoo::probabilities));
        all.add(new Case("Dense", sizes("N", 3, "I", 11, "K", 4), Zoo::dense));
        all.add(new Case("Functions", sizes("N", 7, "F", 1), Zoo::functions));
        all.add(new Case("Odd", sizes("A", 3, "B", 4), Zoo::odd));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("the class agrees with its equations")
    void agrees(Case c) {
        for (Options.Type type : Options.Type.values()) {
            for (Map<String, Long> bound : List.of(c.sizes(), Map.<String, Long>of())) {
                Options options = new Options(type, Options.Target.PORTABLE, Options.Unroll.AUTO, true, false, false);
                Generate generate = c.maker().make(c.name(), bound).generate(options);
                double error = Agreement.largestError(generate, Derive.derive(generate.layer()), c.sizes());
                assertThat(error).isLessThan(type == Options.Type.FLOAT ? 1e-4 : 1e-11);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("twice the same bytes")
    void deterministic(Case c) {
        Generate generate = c.maker().make(c.name(), c.sizes()).generate();
        List<SourceFile> first = Emitter.emit(generate, Derive.derive(generate.layer()), "specs/a.layer");
        List<SourceFile> second = Emitter.emit(generate, Derive.derive(generate.layer()), "specs/a.layer");
        assertThat(second).isEqualTo(first);
        assertThat(first.get(0).text()).startsWith("// Generated by Adjoint from specs/a.layer; do not edit.\n");
    }
}
