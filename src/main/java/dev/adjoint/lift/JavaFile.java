package dev.adjoint.lift;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.Problem;
import com.github.javaparser.Range;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.DataKey;
import com.github.javaparser.ast.Node;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.util.List;

/** A file of Java source, parsed. */
final class JavaFile {
    private static final DataKey<String> NAME = new DataKey<>() {};

    private JavaFile() {}

    /**
     * The tree of a source.
     *
     * @param name as messages name it
     * @throws AdjointException if the text is not Java
     */
    static CompilationUnit parse(String name, String text) {
        ParserConfiguration configuration = new ParserConfiguration();
        configuration.setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(text);
        if (!result.isSuccessful() || result.getResult().isEmpty()) {
            List<Problem> problems = result.getProblems();
            throw new AdjointException(Diagnostic.error(
                    Messages.NO_JAVA,
                    problems.isEmpty() ? Place.at(name, 1, 1) : place(name, problems.get(0)),
                    "this is no Java 17: "
                            + (problems.isEmpty()
                                    ? "it cannot be parsed"
                                    : problems.get(0)
                                            .getMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse(""))));
        }
        CompilationUnit unit = result.getResult().get();
        unit.setData(NAME, name);
        return unit;
    }

    private static Place place(String name, Problem problem) {
        return problem.getLocation()
                .flatMap(l -> l.getBegin().getRange())
                .map(r -> place(name, r))
                .orElse(Place.at(name, 1, 1));
    }

    private static Place place(String name, Range range) {
        return new Place(name, range.begin.line, range.begin.column, range.end.line, range.end.column);
    }

    /** Where a node of a parsed file stands. */
    static Place place(Node node) {
        String name = name(node);
        return node.getRange().map(r -> place(name, r)).orElse(Place.at(name, 1, 1));
    }

    /** The name of the file that a node stands in. */
    static String name(Node node) {
        return node.findCompilationUnit()
                .filter(u -> u.containsData(NAME))
                .map(u -> u.getData(NAME))
                .orElse("?");
    }
}
