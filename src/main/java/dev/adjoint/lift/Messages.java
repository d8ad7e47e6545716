package dev.adjoint.lift;

/** The codes of what keeps a method from being read; the table for users is {@code adjoint/messages.md}. */
final class Messages {
    /** No class or method of this name. */
    static final String NOT_FOUND = "J001";
    /** The file is not Java. */
    static final String NO_JAVA = "J002";
    /** Several methods of this name. */
    static final String OVERLOADED = "J003";
    /** A mapping names something that is not there, or the result is not known. */
    static final String MAPPING = "J004";
    /** A line of Javadoc that is no statement of what the method computes. */
    static final String JAVADOC = "J005";
    /** An integer of the method is no size of the layer. */
    static final String SIZE = "J006";
    /** An array has not the axes of its tensor. */
    static final String SHAPE = "J007";
    /** A statement or an expression that is no arithmetic on arrays. */
    static final String CONSTRUCT = "J010";
    /** A call that leads out of what can be read. */
    static final String CALL = "J011";
    /** A variable whose value is not known. */
    static final String UNKNOWN = "J012";
    /** A loop that is not counted, or whose end depends on data. */
    static final String LOOP = "J013";
    /** An iteration needs what an earlier one computed, and it is no reduction. */
    static final String RECURRENCE = "J014";
    /** Two names of one array. */
    static final String ALIAS = "J015";
    /** What is thrown, or where the method ends, depends on more than sizes. */
    static final String EXIT = "J016";
    /** An access that is not shown to lie inside its array. */
    static final String BOUNDS = "J020";
    /** What was in an array before decides the result. */
    static final String PRIOR = "J021";
    /** A divisor that is not shown to be positive. */
    static final String DIVISOR = "J022";
    /** A type or an operator that is no arithmetic of numbers. */
    static final String TYPE = "J023";

    /** The tensors of a forward pass alone are not declared. */
    static final String UNDECLARED = "J030";

    private Messages() {}
}
