package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that no author means: damaged, huge, deep, or written to break out of the generated Java. */
class HostileTextTest {
    private static final String LAYER = "layer L[N] {\n    input x[N]\n    output y[i < N] = x[i]\n}\n";

    @TempDir
    private Path directory;

    private List<String> load(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("spec.layer"), bytes);
        try {
            Specs.load(file, Importer.NONE);
            return List.of();
        } catch (AdjointException e) {
            return e.diagnostics().stream().map(Read::line).toList();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anEmptyFileIsAFileWithoutLayers() throws IOException {
        assertThat(load(utf8(""))).isEmpty();
        assertThat(load(utf8("\n  \t // nothing\n"))).isEmpty();
        assertThat(Read.file("").layers()).isEmpty();
    }

    @Test
    void byteOrderMarksTabsAndWindowsLineEndsAreSpace() throws IOException {
        assertThat(load(utf8("\uFEFF" + LAYER.replace("\n", "\r\n").replace("    ", "\t"))))
                .isEmpty();
    }

    @Test
    void placesCountLinesOfWindows() {
        String text = LAYER.replace("x[i]", "z[i]").replace("\n", "\r\n");
        assertThat(Read.messages(text)).containsExactly("3:23 L022 `z` is not known here");
    }

    @Test
    void placesCountCharactersNotBytes() {
        assertThat(Read.messages("layer L[N] { input θ[N] /* 😀 */ output y[i < N] = z[i] }"))
                .containsExactly("1:51 L022 `z` is not known here");
    }

    @Test
    void whatIsNotUtf8IsRefusedWhereItBegins() throws IOException {
        byte[] bytes = utf8(LAYER);
        bytes[LAYER.indexOf("x[N]")] = (byte) 0xFF;
        assertThat(load(bytes)).hasSize(1);
        assertThat(load(bytes).get(0))
                .startsWith("2:11 L002 ")
                .endsWith("is not UTF-8: here is a byte that begins no character");
        bytes = utf8(LAYER);
        bytes[LAYER.indexOf("x[N]") - 1] = 0;
        assertThat(load(bytes)).containsExactly("2:10 L011 the character U+0000 has no place in this language");
    }

    @Test
    void missingFilesDirectoriesAndHugeFilesAreRefused() throws IOException {
        assertThat(codes(() -> Specs.load(directory.resolve("none.layer"), Importer.NONE)))
                .containsExactly("L001");
        assertThat(codes(() -> Specs.load(directory, Importer.NONE))).containsExactly("L001");
        byte[] huge = new byte[(int) SourceFiles.MOST_BYTES + 1];
        java.util.Arrays.fill(huge, (byte) ' ');
        assertThat(load(huge)).hasSize(1).first().asString().startsWith("1:1 L003 ");
        assertThat(codes(() -> Specs.parse("huge.layer", " ".repeat(huge.length), Importer.NONE)))
                .containsExactly("L003");
    }

    private static List<String> codes(Runnable reading) {
        try {
            reading.run();
        } catch (AdjointException e) {
            return e.diagnostics().stream().map(Diagnostic::code).toList();
        }
        return List.of();
    }

    @Test
    void tenThousandParenthesesAreTooDeep() {
        for (String open : List.of("(", "-", "f(", "[1 < ", "x[", "sum[i < 2](", "!", "2^", "1 ? 2 : ", "1 < 2 ? ")) {
            String text = "layer L[N] { input x[N] output y = " + open.repeat(10_000) + "1 }";
            assertThat(codes(() -> Specs.parse("deep.layer", text, Importer.NONE)))
                    .as("10,000 times %s", open)
                    .contains("L012");
        }
    }

    @Test
    void aLineOfAMegabyteIsRead() {
        String sum = "x[0]" + " + x[0]".repeat(150_000);
        assertThat(codes(() -> Read.file("layer L { input x[1] output y = " + sum + " }")))
                .as("more terms than a layer may have")
                .containsExactly("L053");
        assertThat(Read.messages("layer L { input x output y = x /* " + "*".repeat(1 << 20) + " */ + z }"))
                .containsExactly("1:" + (1048576 + 41) + " L022 `z` is not known here");
        assertThat(codes(() -> Read.file("layer L { input x output y = " + "x".repeat(1 << 20) + " }")))
                .containsExactly("L022");
    }

    @Test
    void anUnrollingOfMillionsOfTermsIsNotDoneHere() {
        Generate generate = Read.generate("layer L[N] { input x[N] output y = sum[i < N, j < N](x[i] * x[j]) }"
                + " generate A = L[N = 2000] { unroll = full }");
        assertThat(Read.equation(generate.layer(), "y")).isEqualTo("y = sum[i < 2000, j < 2000](x[i] * x[j])");
    }

    @Test
    void noNameBreaksOutOfTheGeneratedJava() {
        for (String name : List.of(
                "class",
                "int",
                "goto",
                "null",
                "true",
                "_",
                "record",
                "yield",
                "\\u0041",
                "a*/b",
                "a\"b",
                "a b",
                "a-b",
                "a.b",
                "a$b",
                "é",
                "ａ",
                "а",
                "a\u200Bb",
                "\u202Ea",
                "😀",
                "String",
                "Math",
                "a".repeat(101),
                "con",
                "NUL")) {
            String text = "package p;\nlayer " + name + " { input x output y = x }\ngenerate A = " + name;
            assertThat(codes(() -> Specs.parse("names.layer", text, Importer.NONE)))
                    .as("a layer called %s", name)
                    .isNotEmpty();
        }
        for (String name :
                List.of("__proto__", "constructor", "toString", "hashCode", "x1", "λ", "length", "System1")) {
            assertThat(Read.layer("layer L { input " + name + " output y = " + name + " }")
                            .given())
                    .extracting(Tensor::name)
                    .containsExactly(name);
        }
    }

    @Test
    void noPackageLeavesItsDirectory() {
        for (String name : List.of(
                "..", "a..b", "/etc", "a/b", "a\\b", "../a", "C:a", "a.class", "a.int", "com.aux", "1a", "a.1b", "")) {
            assertThat(codes(() -> Specs.parse("names.layer", "package " + name + ";\n" + LAYER, Importer.NONE)))
                    .as("package %s", name)
                    .isNotEmpty();
        }
    }

    @Test
    void aCommentIsTakenAsItStands() {
        Layer layer = Read.layer("/** Ends not with *\\/ nor \\u002a/ nor </pre> nor {@code}. */ " + LAYER);
        assertThat(layer.doc()).isEqualTo("Ends not with *\\/ nor \\u002a/ nor </pre> nor {@code}.");
    }

    @Test
    void filesThatImportOneAnotherAreToldOnce() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a.layer", "package a; import b.B; " + LAYER.replace("L[", "A["));
        files.put("b.layer", "package b; import c.C; " + LAYER.replace("L[", "B["));
        files.put("c.layer", "package c; import a.A; " + LAYER.replace("L[", "C["));
        files.put("self.layer", "package self; import self.L; " + LAYER);
        assertThat(codes(() -> Specs.parse("a.layer", files.getOrDefault("a.layer", ""), Importers.texts(files))))
                .containsExactly("L061");
        assertThat(codes(() -> Specs.parse("self.layer", files.getOrDefault("self.layer", ""), Importers.texts(files))))
                .contains("L061");
    }
}
