package dev.adjoint.mutation;

import dev.adjoint.lang.LayerParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;

/** The claims of spec files, each by itself. */
final class Seeds {
    private Seeds() {}

    /** Every claim of every file below a directory, in the order of the files' names and of their text. */
    static List<Seed> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Seed> seeds = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".layer")).sorted().toList()) {
                seeds.addAll(of(file.getFileName().toString(), Files.readString(file)));
            }
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every claim of a text. */
    static List<Seed> of(String name, String text) {
        LayerParser.FileContext file = TreeReader.parser(text).file();
        StringBuilder top = new StringBuilder();
        Map<String, List<Integer>> shared = new LinkedHashMap<>();
        if (file.qualified() != null) {
            top.append("package ").append(file.qualified().getText()).append(";\n");
        }
        file.importation().forEach(i -> top.append(source(i)).append('\n'));
        for (LayerParser.TopContext each : file.top()) {
            if (each.definition() != null) {
                top.append(source(each)).append('\n');
                define(each.definition(), shared);
            }
        }
        List<Seed> seeds = new ArrayList<>();
        for (LayerParser.TopContext each : file.top()) {
            if (each.layer() != null) {
                seeds.addAll(of(name, top.toString(), each.layer(), shared));
            }
        }
        return seeds;
    }

    private static List<Seed> of(
            String file, String top, LayerParser.LayerContext layer, Map<String, List<Integer>> shared) {
        String sizes = layer.size().isEmpty()
                ? ""
                : "["
                        + String.join(
                                ", ", layer.size().stream().map(Seeds::source).toList()) + "]";
        StringBuilder head = new StringBuilder(top + "layer " + source(layer.name()) + sizes + " {\n");
        Map<String, List<Integer>> definitions = new LinkedHashMap<>(shared);
        List<LayerParser.ClaimContext> claims = new ArrayList<>();
        for (LayerParser.StatementContext statement : layer.statement()) {
            if (statement instanceof LayerParser.ClaimContext claim) {
                claims.add(claim);
            } else if (!(statement instanceof LayerParser.VerifyContext)) {
                head.append(source(statement)).append('\n');
            }
            if (statement instanceof LayerParser.LocalContext local) {
                define(local.definition(), definitions);
            }
        }
        return claims.stream()
                .map(claim -> new Seed(
                        file,
                        head + "claim " + source(claim.left) + " = ",
                        TreeReader.read(claim.right),
                        "\n}\n",
                        definitions))
                .toList();
    }

    private static void define(LayerParser.DefinitionContext definition, Map<String, List<Integer>> into) {
        into.put(
                definition.name().getText(),
                definition.shaped().stream().map(s -> s.expr().size()).toList());
    }

    private static String source(ParserRuleContext c) {
        return c.getStart()
                .getInputStream()
                .getText(Interval.of(c.getStart().getStartIndex(), c.getStop().getStopIndex()));
    }
}
