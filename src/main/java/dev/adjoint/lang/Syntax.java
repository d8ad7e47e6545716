package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file as it was written: its statements, before names are resolved. */
final class Syntax {
    private Syntax() {}

    /** A name where it is declared. */
    record Name(String text, Place place) {}

    /**
     * A whole file.
     *
     * @param broken names that are declared in statements which could not be read
     */
    record File(
            String file,
            Name packageName,
            String doc,
            List<Import> imports,
            List<LayerText> layers,
            List<Definition> definitions,
            List<GenerateText> generates,
            List<String> broken) {}

    record Import(String packageName, String name, Place place) {}

    /**
     * A layer.
     *
     * @param broken names that stand in statements which could not be read; null if all could
     */
    record LayerText(
            Name name,
            String doc,
            List<SizeText> sizes,
            List<Statement> statements,
            List<Definition> definitions,
            @Nullable Set<String> broken,
            Place place) {
        /** Whether a part of it could not be read, so that what seems to be missing may have been there. */
        boolean isDamaged() {
            return broken != null;
        }
    }

    record SizeText(Name name, @Nullable Node defaultValue) {}

    /** A name with what stands in its brackets. */
    record Shaped(Name name, List<Node> brackets, Place place) {}

    /** A line of a layer. */
    sealed interface Statement {
        Place place();
    }

    /** {@code input}, {@code param} or {@code const}; {@code limit} is the bound of an integer tensor. */
    record Given(
            Tensor.Role role,
            boolean integer,
            Shaped shaped,
            @Nullable Node limit,
            Place place) implements Statement {}

    /** {@code let} or {@code output}. */
    record Defined(Tensor.Role role, Shaped target, Node rhs, Place place) implements Statement {}

    record FunctionText(Name name, Place place) implements Statement {}

    /** @param text the condition as it was written, on one line */
    record Assume(Node condition, String text, Place place) implements Statement {}

    /**
     * A claim.
     *
     * @param doc its documentation comment, without its stars; empty if there is none
     * @param text as it was written, on one line
     */
    record ClaimText(Node left, Node right, String doc, String text, Place place) implements Statement {}

    /** @param signature the types of the method's parameters; null where they are not given */
    record Verify(
            Node.Reference what,
            Name className,
            Name method,
            @Nullable List<String> signature,
            List<Mapping> mappings,
            Place place)
            implements Statement {}

    /** One of a name of the layer and an integer of sizes, and what the method calls it. */
    record Mapping(Node.@Nullable Reference from, @Nullable Node size, String to, Place place) {}

    record Definition(
            Name name, List<Shaped> parameters, List<Node> target, Node body, String doc, String text, Place place) {}

    record GenerateText(Name name, String doc, List<Stage> stages, List<Setting> settings, Place place) {}

    record Stage(Name name, List<Binding> bindings, Place place) {}

    /** {@code K = 3}, {@code S = ?} (then the value is null) or {@code f = tanh}. */
    record Binding(Name name, @Nullable Node value, Place place) {}

    record Setting(Name key, Name value) {}
}
