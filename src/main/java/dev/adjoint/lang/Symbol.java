package dev.adjoint.lang;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import org.jspecify.annotations.Nullable;

/** What a name denotes. */
sealed interface Symbol {
    /** Declared in a statement that could not be read or resolved. */
    enum Broken implements Symbol {
        BROKEN
    }

    /** A size or an index; {@code value} is a number if the size is bound. */
    record Int(IntExpr value, boolean size) implements Symbol {}

    /** A tensor of the layer, or an argument that is one. */
    record Tensor(TensorValue tensor) implements Symbol {}

    /** The scalar argument of a definition: resolved anew wherever it is used, with the names of its own place. */
    record Argument(Node node, Names names, Context.@Nullable Applied applied) implements Symbol {}

    /** A function that the layer leaves open, or what it is bound to. */
    record Function(Fun fun) implements Symbol {}

    /** A function bound to a definition of one scalar. */
    record FunctionBy(Syntax.Definition definition, Names names) implements Symbol {}

    /** A definition, with the names that its body sees. */
    record Defined(Syntax.Definition definition, Names names) implements Symbol {}

    default String kind() {
        if (this instanceof Int integer) {
            return integer.size() ? "a size" : "an index";
        }
        if (this instanceof Tensor) {
            return "a tensor";
        }
        if (this instanceof Defined) {
            return "a definition";
        }
        return this instanceof Function || this instanceof FunctionBy ? "a function" : "a value";
    }
}
