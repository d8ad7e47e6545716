package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.RuleNode;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Turns a text into its {@link Syntax}; statements that cannot be read are told of and left out. */
final class SpecReader {
    private final String file;
    private final CommonTokenStream tokens;
    private final ExpressionReader expressions;
    private final List<String> broken = new ArrayList<>();

    private SpecReader(String file, CommonTokenStream tokens, Diagnostics found) {
        this.file = file;
        this.tokens = tokens;
        this.expressions = new ExpressionReader(file, found);
    }

    /** The file's statements; null if it is too deeply nested to be read at all. */
    static Syntax.@Nullable File read(String file, String text, Diagnostics found) {
        LayerLexer lexer = new LayerLexer(CharStreams.fromString(text, file));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        var tooDeep = Nesting.tooDeep(file, tokens.getTokens());
        if (tooDeep.isPresent()) {
            found.add(tooDeep.get());
            return null;
        }
        LayerParser parser = new LayerParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxErrors(file, found));
        parser.setErrorHandler(new StatementRecovery());
        LayerParser.FileContext tree = parser.file();
        return new SpecReader(file, tokens, found).file(tree);
    }

    private Syntax.File file(LayerParser.FileContext c) {
        Syntax.Name packageName = c.qualified() == null
                ? new Syntax.Name("", Place.at(file, 1, 1))
                : new Syntax.Name(c.qualified().getText(), place(c.qualified()));
        List<Syntax.Import> imports = new ArrayList<>();
        for (LayerParser.ImportationContext each : c.importation()) {
            String qualified = each.qualified() == null ? "" : each.qualified().getText();
            int dot = qualified.lastIndexOf('.');
            if (isWhole(each)) {
                imports.add(new Syntax.Import(
                        qualified.substring(0, Math.max(0, dot)),
                        qualified.substring(dot + 1),
                        expressions.place(each.qualified())));
            } else {
                broken.add(qualified.substring(dot + 1));
            }
        }
        List<Syntax.LayerText> layers = new ArrayList<>();
        List<Syntax.Definition> definitions = new ArrayList<>();
        List<Syntax.GenerateText> generates = new ArrayList<>();
        for (LayerParser.TopContext top : c.top()) {
            if (top.layer() != null && top.layer().name() != null) {
                layers.add(layer(top.layer()));
            } else if (top.definition() != null && isWhole(top)) {
                definitions.add(definition(top.definition()));
            } else if (top.generate() != null && isWhole(top)) {
                generates.add(generate(top.generate()));
            } else if (top.definition() != null && top.definition().name() != null) {
                broken.add(top.definition().name().getText());
            } else if (top.generate() != null && top.generate().name() != null) {
                broken.add(top.generate().name().getText());
            }
        }
        return new Syntax.File(
                file,
                packageName,
                c.qualified() == null ? "" : doc(c),
                imports,
                layers,
                definitions,
                generates,
                broken);
    }

    /** Whether no part of it was misread. */
    private static boolean isWhole(ParseTree tree) {
        if (tree instanceof ErrorNode || tree instanceof ParserRuleContext c && c.exception != null) {
            return false;
        }
        if (tree instanceof RuleNode) {
            if (tree.getChildCount() == 0) {
                return false;
            }
            for (int k = 0; k < tree.getChildCount(); k++) {
                if (!isWhole(tree.getChild(k))) {
                    return false;
                }
            }
        }
        return true;
    }

    private Syntax.LayerText layer(LayerParser.LayerContext c) {
        List<Syntax.SizeText> sizes = new ArrayList<>();
        List<Syntax.Statement> statements = new ArrayList<>();
        List<Syntax.Definition> definitions = new ArrayList<>();
        Set<String> misread = new LinkedHashSet<>();
        for (int k = 0; k < c.getChildCount(); k++) {
            ParseTree part = c.getChild(k);
            if (!isWhole(part) || isCutOff(c, k)) {
                names(part, misread);
            } else if (part instanceof LayerParser.SizeContext size) {
                sizes.add(new Syntax.SizeText(
                        name(size.name()), size.expr() == null ? null : expressions.read(size.expr())));
            } else if (part instanceof LayerParser.LocalContext local) {
                definitions.add(definition(local.definition()));
            } else if (part instanceof LayerParser.StatementContext statement) {
                statements.add(statement(statement));
            }
        }
        Set<String> broken = isWhole(c) ? null : misread;
        return new Syntax.LayerText(name(c.name()), doc(c), sizes, statements, definitions, broken, place(c.name()));
    }

    /** Whether something unreadable follows that may have belonged to it. */
    private static boolean isCutOff(LayerParser.LayerContext c, int child) {
        return c.getChild(child) instanceof LayerParser.StatementContext
                && c.getChild(child + 1) instanceof ErrorNode next
                && next.getSymbol().getType() != LayerLexer.SEMI;
    }

    /** Every name in a part that could not be read. */
    private static void names(ParseTree part, Set<String> names) {
        if (part instanceof TerminalNode word
                && word.getSymbol().getTokenIndex() >= 0
                && (word.getSymbol().getType() == LayerLexer.ID
                        || word.getSymbol().getType() == LayerLexer.D)) {
            names.add(word.getText());
        }
        for (int k = 0; k < part.getChildCount(); k++) {
            names(part.getChild(k), names);
        }
    }

    private Syntax.Statement statement(LayerParser.StatementContext s) {
        if (s instanceof LayerParser.GivenContext c) {
            Tensor.Role role = c.role.getType() == LayerLexer.INPUT ? Tensor.Role.INPUT : Tensor.Role.PARAM;
            return new Syntax.Given(role, false, shaped(c.shaped()), null, place(c));
        }
        if (s instanceof LayerParser.ConstantContext c) {
            Node limit = c.sum() == null ? null : expressions.read(c.sum());
            return new Syntax.Given(Tensor.Role.CONST, c.INT() != null, shaped(c.shaped()), limit, place(c));
        }
        if (s instanceof LayerParser.EquationContext c) {
            Tensor.Role role = c.role.getType() == LayerLexer.LET ? Tensor.Role.LET : Tensor.Role.OUTPUT;
            Syntax.Shaped target = new Syntax.Shaped(
                    name(c.target().name()), expressions.readAll(c.target().expr()), place(c.target()));
            return new Syntax.Defined(role, target, expressions.read(c.expr()), place(c));
        }
        if (s instanceof LayerParser.FunctionContext c) {
            return new Syntax.FunctionText(name(c.name()), place(c));
        }
        if (s instanceof LayerParser.AssumeContext c) {
            return new Syntax.Assume(expressions.read(c.expr()), text(c.expr()), place(c));
        }
        if (s instanceof LayerParser.ClaimContext c) {
            return new Syntax.ClaimText(expressions.read(c.left), expressions.read(c.right), doc(c), text(c), place(c));
        }
        LayerParser.VerifyContext c = (LayerParser.VerifyContext) s;
        List<Syntax.Mapping> mappings = new ArrayList<>();
        for (LayerParser.MappingContext each : c.mapping()) {
            mappings.add(mapping(each));
        }
        return new Syntax.Verify(
                expressions.reference(c.reference()),
                new Syntax.Name(c.qualified().getText(), place(c.qualified())),
                word(c.word()),
                c.signature() == null
                        ? null
                        : c.signature().type().stream().map(ParseTree::getText).toList(),
                mappings,
                place(c));
    }

    private Syntax.Mapping mapping(LayerParser.MappingContext c) {
        String to =
                c.qualified() == null ? c.INTEGER().getText() : c.qualified().getText();
        if (c.sum() != null) {
            return new Syntax.Mapping(null, expressions.read(c.sum()), to, place(c));
        }
        Node.Reference from = c.reference() == null
                ? new Node.Reference(Node.Reference.Kind.NAME, c.word().getText(), place(c.word()))
                : expressions.reference(c.reference());
        return new Syntax.Mapping(from, null, to, place(c));
    }

    private Syntax.Definition definition(LayerParser.DefinitionContext c) {
        List<Syntax.Shaped> parameters = c.shaped().stream().map(this::shaped).toList();
        List<Node> parts = expressions.readAll(c.expr());
        int last = parts.size() - 1;
        return new Syntax.Definition(
                name(c.name()),
                parameters,
                List.copyOf(parts.subList(0, last)),
                parts.get(last),
                doc(c),
                text(c),
                place(c));
    }

    private Syntax.GenerateText generate(LayerParser.GenerateContext c) {
        List<Syntax.Stage> stages = new ArrayList<>();
        for (LayerParser.StageContext stage : c.stage()) {
            List<Syntax.Binding> bindings = new ArrayList<>();
            for (LayerParser.BindingContext each : stage.binding()) {
                Node value = each.expr() == null ? null : expressions.read(each.expr());
                bindings.add(new Syntax.Binding(name(each.name()), value, place(each)));
            }
            stages.add(new Syntax.Stage(name(stage.name()), bindings, place(stage)));
        }
        List<Syntax.Setting> settings = new ArrayList<>();
        if (c.settings() != null) {
            for (LayerParser.SettingContext each : c.settings().setting()) {
                settings.add(new Syntax.Setting(word(each.word(0)), word(each.word(1))));
            }
        }
        return new Syntax.GenerateText(name(c.name()), doc(c), stages, settings, place(c.name()));
    }

    private Syntax.Shaped shaped(LayerParser.ShapedContext c) {
        return new Syntax.Shaped(name(c.name()), expressions.readAll(c.expr()), place(c));
    }

    private Syntax.Name name(LayerParser.NameContext c) {
        return new Syntax.Name(c.getText(), place(c));
    }

    private Syntax.Name word(LayerParser.WordContext c) {
        return new Syntax.Name(c.getText(), place(c));
    }

    private Place place(ParserRuleContext c) {
        return expressions.place(c);
    }

    /** The statement as written, on one line. */
    private String text(ParserRuleContext c) {
        Interval interval =
                Interval.of(c.getStart().getStartIndex(), c.getStop().getStopIndex());
        return c.getStart()
                .getInputStream()
                .getText(interval)
                .replaceAll("//[^\n]*", " ")
                .strip()
                .replaceAll("\\s+", " ");
    }

    /** The documentation comment right before, without its stars. */
    private String doc(ParserRuleContext c) {
        List<Token> before = tokens.getHiddenTokensToLeft(c.getStart().getTokenIndex());
        if (before == null) {
            return "";
        }
        String doc = "";
        for (Token token : before) {
            if (token.getType() == LayerLexer.DOC) {
                String inside = token.getText().substring(3, token.getText().length() - 2);
                doc = inside.lines()
                        .map(line -> line.strip().replaceFirst("^\\*+ ?", ""))
                        .collect(Collectors.joining("\n"))
                        .strip();
            }
        }
        return doc;
    }
}
