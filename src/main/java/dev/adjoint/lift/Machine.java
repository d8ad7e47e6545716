package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The machine that executes Java symbolically: its state, what is known where it stands, and how it works. */
final class Machine {
    /** How closely it looks. */
    enum Mode {
        /** Everything is computed, every access proved. */
        EXACT,
        /** Only integers are computed: to find what counts. */
        COUNTING,
        /** Nothing is computed: to find what is written. */
        DRY
    }

    /** What a stretch of the program writes. */
    record Writes(Set<String> variables, Set<Integer> cells) {
        Writes() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    /** A running method. */
    record Frame(
            int number, TypeDeclaration<?> type, @Nullable MethodDeclaration method) {}

    final Facts facts;
    final JavaSources sources;
    final Layouts layouts;
    final Map<Integer, ArrayInfo> arrays = new TreeMap<>();
    final Set<String> notes = new LinkedHashSet<>();
    final Deque<Frame> frames = new ArrayDeque<>();
    private final Map<String, Refusal> unknowns = new TreeMap<>();

    final Expressions expressions = new Expressions(this);
    final Assignments assignments = new Assignments(this);
    final Accesses accesses = new Accesses(this);
    final Statements statements = new Statements(this);
    final Loops loops = new Loops(this);
    final Calls calls = new Calls(this);

    State state = new State();
    Domain domain;
    Mode mode = Mode.EXACT;
    int loopDepth;

    @Nullable
    Writes writes;

    private int fresh;

    Machine(Facts facts, Domain sizes, JavaSources sources, Layouts layouts) {
        this.facts = facts;
        this.domain = sizes;
        this.sources = sources;
        this.layouts = layouts;
    }

    Frame frame() {
        return frames.element();
    }

    int fresh() {
        return fresh++;
    }

    boolean isExact() {
        return mode == Mode.EXACT;
    }

    // ---- variables and arrays

    String key(String local) {
        return frame().number() + "." + local;
    }

    void set(String key, Value value) {
        state.variables.put(key, value);
        if (writes != null) {
            writes.variables().add(key);
        }
    }

    /** A new array; its content is not yet set. */
    int allocate(ArrayInfo info) {
        int id = fresh();
        arrays.put(id, info);
        return id;
    }

    /** A new variable of {@code float} or {@code double}. */
    Value.Variable variable(String name, Expr value) {
        int id = allocate(new ArrayInfo(name, List.of(), List.of(), ArrayInfo.Kind.REAL, ""));
        state.cells.put(id, Content.of(0, value));
        return new Value.Variable(id);
    }

    ArrayInfo info(int id) {
        ArrayInfo info = arrays.get(id);
        if (info == null) {
            throw new IllegalStateException("no array " + id);
        }
        return info;
    }

    Content content(int id) {
        Content content = state.cells.get(id);
        if (content == null) {
            throw new IllegalStateException("no content of " + info(id));
        }
        return content;
    }

    void write(int id, Content content) {
        state.cells.put(id, content);
        if (writes != null) {
            writes.cells().add(id);
        }
    }

    // ---- what cannot be said

    /** A name for a value that is not known; the result may not depend on it. */
    String unknown(Refusal why) {
        String name = "unknown#" + fresh();
        unknowns.put(name, why);
        return name;
    }

    Expr unknownReal(Refusal why) {
        return SelfReads.of(unknown(why), 0, false);
    }

    Expr unknownInt(Refusal why) {
        return SelfReads.of(unknown(why), 0, true);
    }

    /** Refuses what depends on something unknown. */
    void demandKnown(Set<String> names) {
        for (String name : names) {
            Refusal why = unknowns.get(name);
            if (why != null) {
                throw why;
            }
        }
    }

    void demandKnown(IntExpr e) {
        demandKnown(Law.names(new Expr.IntValue(e)));
    }

    /** A value of the mode in which none is computed. */
    Value dummy(ArrayInfo.Kind kind) {
        String name = "dry#" + fresh();
        return kind == ArrayInfo.Kind.INT
                ? new Value.Int(SelfReads.of(name, 0, true))
                : new Value.Real(SelfReads.of(name, 0, false));
    }

    // ---- choices

    /** Runs something where a condition holds besides. */
    void where(Cond condition, Runnable what) {
        Domain before = domain;
        domain = isExact() ? Conditions.assume(domain, condition, facts) : domain;
        try {
            what.run();
        } finally {
            domain = before;
        }
    }

    /** Runs one side or the other; where neither is known to be the one, both, and puts the states together. */
    void choose(Cond condition, Runnable then, Runnable otherwise, Node node) {
        Cond simple = isExact() ? Conditions.simplify(domain, condition, facts) : condition;
        if (isExact() && simple instanceof Cond.Constant constant) {
            where(simple, constant.value() ? then : otherwise);
            return;
        }
        State start = state;
        State one = start.copy();
        State other = start.copy();
        state = one;
        where(simple, then);
        one = state;
        state = other;
        where(Conditions.not(simple), otherwise);
        other = state;
        Refusal mixed = new Refusal(
                Messages.ALIAS, node, "an array variable holds one array or another, depending on " + text(simple));
        state = State.merge(simple, one, other, mixed);
    }

    static String text(Cond c) {
        return "`" + dev.adjoint.expr.Printer.print(c).replaceAll("#[0-9]+", "") + "`";
    }

    static String text(IntExpr e) {
        return "`" + e.toString().replaceAll("#[0-9]+", "") + "`";
    }
}
