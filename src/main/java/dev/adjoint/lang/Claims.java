package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves what the author holds to be true: formulas, and Java methods. */
final class Claims {
    private static final List<String> USUAL = List.of("i", "j", "k", "l", "p", "q", "r", "s");

    private final Context context;

    /** @param context the names of the layer, at the place of claims */
    Claims(Context context) {
        this.context = context;
    }

    /** The claim; empty, and told, if it has errors. */
    Optional<Claim> claim(Syntax.ClaimText text) {
        Node left = Nodes.bare(text.left());
        if (left instanceof Node.Access access && access.index().isEmpty()) {
            boolean tensor = access.reference().kind() != Node.Reference.Kind.NAME
                    || context.names().find(access.reference().name()) instanceof Symbol.Tensor;
            TensorValue whole = tensor ? Accesses.tensor(access.reference(), context) : null;
            if (whole != null && whole.rank() > 0) {
                return whole(whole, text);
            }
            if (tensor && whole == null) {
                return Optional.empty();
            }
        }
        if (left instanceof Node.Access access && !isEntry(access)) {
            return Optional.empty();
        }
        return entries(text);
    }

    /** Whether a left-hand side with brackets is the entry of a tensor; if not, it is told. */
    private boolean isEntry(Node.Access access) {
        if (access.index().isEmpty()) {
            return true;
        }
        TensorValue tensor = Accesses.tensor(access.reference(), context);
        if (tensor != null && tensor.rank() != access.index().size()) {
            context.error(Accesses.wrongCount(tensor, access.index().size(), access));
            return false;
        }
        return tensor != null;
    }

    // ---- entry by entry

    private Optional<Claim> entries(Syntax.ClaimText text) {
        Names names = context.names().inside();
        Context inside = context.names(names);
        List<Range> ranges = new ArrayList<>();
        List<RangeText> free = new ArrayList<>();
        Node left = withoutRanges(text.left(), free);
        Set<String> found = new LinkedHashSet<>();
        free.forEach(r -> found.add(r.name()));
        collect(left, false, new HashSet<>(), found, free);
        boolean good = true;
        for (RangeText range : free) {
            good &= Reductions.canBind(range.name(), range.place(), new HashSet<>(), inside);
            // All of them are indices before the range of any is looked for.
            names.put(range.name(), new Symbol.Int(IntExpr.var(range.name()), false));
        }
        if (!good) {
            return Optional.empty();
        }
        for (RangeText range : free) {
            boolean onLeft = range.hi() != null || Inference.found(range, inside, left);
            Optional<Range> resolved = range.resolve(range.name(), inside, onLeft ? left : text.right());
            if (resolved.isEmpty()) {
                names.put(range.name(), Symbol.Broken.BROKEN);
                good = false;
            }
            resolved.ifPresent(ranges::add);
        }
        Context body = inside.facts(Facts.NONE.with(ranges));
        Expr l = Resolver.value(left, body);
        Expr r = Resolver.value(text.right(), body);
        return !good || l == null || r == null
                ? Optional.empty()
                : Optional.of(new Claim(l, r, ranges, text.doc(), text.text(), text.place()));
    }

    /** {@code grad w[m < K]} is {@code grad w[m]} with a range for m. */
    private Node withoutRanges(Node node, List<RangeText> ranges) {
        if (!(Nodes.bare(node) instanceof Node.Access access)) {
            return node;
        }
        List<Node> index = new ArrayList<>();
        for (Node each : access.index()) {
            Optional<RangeText> range =
                    each instanceof Node.Comparison ? RangeText.of(each, context.quiet()) : Optional.empty();
            range.ifPresent(ranges::add);
            index.add(range.<Node>map(r -> new Node.Access(
                            new Node.Reference(Node.Reference.Kind.NAME, r.name(), r.place()), List.of(), r.place()))
                    .orElse(each));
        }
        return new Node.Access(access.reference(), index, access.place());
    }

    /** The names inside brackets that denote nothing yet: the indices that the claim is for all values of. */
    private void collect(Node node, boolean inIndex, Set<String> bound, Set<String> found, List<RangeText> free) {
        String name = Nodes.name(node);
        if (inIndex
                && !name.isEmpty()
                && !bound.contains(name)
                && context.names().find(name) == null
                && found.add(name)) {
            free.add(new RangeText(name, node.place(), null, false, null, false, node.place()));
        }
        if (node instanceof Node.Access access) {
            access.index().forEach(i -> collect(i, true, bound, found, free));
            return;
        }
        if (node instanceof Node.Call call) {
            call.args().forEach(a -> collect(a, inIndex, bound, found, free));
            call.index().forEach(i -> collect(i, true, bound, found, free));
            return;
        }
        if (node instanceof Node.Reduction r) {
            Set<String> inner = new HashSet<>(bound);
            r.ranges().forEach(range -> RangeText.of(range, context.quiet()).ifPresent(t -> inner.add(t.name())));
            Nodes.children(r).forEach(child -> collect(child, false, inner, found, free));
            return;
        }
        Nodes.children(node).forEach(child -> collect(child, inIndex, bound, found, free));
    }

    // ---- whole tensors

    private Optional<Claim> whole(TensorValue left, Syntax.ClaimText text) {
        Typed right = Resolver.resolve(text.right(), context);
        if (right instanceof Typed.Bad) {
            return Optional.empty();
        }
        if (!(right instanceof Typed.Whole tensor)) {
            context.error(Diagnostic.error(
                            Codes.L030.name(),
                            text.right().place(),
                            left.title() + " is a whole tensor, this is " + right.sort())
                    .help("claim it entry by entry, as " + left.title() + Accesses.example(left.rank()) + " = …"));
            return Optional.empty();
        }
        List<IntExpr> shape = left.shape();
        List<IntExpr> other = tensor.tensor().shape();
        boolean fits = shape.size() == other.size();
        for (int k = 0; fits && k < shape.size(); k++) {
            fits = context.work().same(shape.get(k), other.get(k));
        }
        if (!fits) {
            context.error(
                    Codes.L033,
                    text.right().place(),
                    left.title() + " has the shape " + shape + ", this has the shape " + other);
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        List<IntExpr> index = new ArrayList<>();
        Set<String> taken = new HashSet<>(context.names().all());
        List<String> usual = new ArrayList<>();
        for (int k = 0; k < shape.size(); k++) {
            usual.clear();
            if (tensor.tensor() instanceof TensorValue.Applied applied) {
                usual.add(applied.indices().get(k));
            }
            usual.addAll(USUAL);
            String name = dev.adjoint.expr.Names.first(usual, taken);
            taken.add(name);
            ranges.add(Range.below(name, shape.get(k)));
            index.add(IntExpr.var(name));
        }
        Context inside = context.facts(Facts.NONE.with(ranges));
        Expr l = Resolver.asValue(left.element(index, null, inside, text.left().place()), text.left(), inside);
        Expr r = Resolver.asValue(
                tensor.tensor().element(index, null, inside, text.right().place()), text.right(), inside);
        return l == null || r == null
                ? Optional.empty()
                : Optional.of(new Claim(l, r, ranges, text.doc(), text.text(), text.place()));
    }

    // ---- Java methods

    /** The verification; empty, and told, if it has errors. */
    Optional<Verification> verification(Syntax.Verify text) {
        TensorValue tensor = Accesses.tensor(text.what(), context);
        boolean good = tensor != null;
        if (tensor instanceof TensorValue.Stored stored && stored.ref().kind() != Ref.Kind.GRAD) {
            Tensor.Role role = context.work().roles.get(stored.ref().name());
            if (stored.ref().kind() == Ref.Kind.DELTA || role != Tensor.Role.LET && role != Tensor.Role.OUTPUT) {
                context.error(
                        Codes.L023,
                        text.what().place(),
                        "`" + text.what() + "` is given: a method computes a gradient, a let or an output");
                good = false;
            }
        }
        good &= javaName(text.className());
        good &= javaName(text.method());
        Map<String, String> mapping = new LinkedHashMap<>();
        for (Syntax.Mapping each : text.mappings()) {
            String from = from(each);
            good &= from != null;
            String to = each.to().startsWith("this.") ? each.to().substring("this.".length()) : each.to();
            good &= Character.isDigit(to.charAt(0)) || javaName(new Syntax.Name(to, each.place()));
            if (from != null && mapping.putIfAbsent(from, each.to()) != null) {
                context.error(Codes.L021, each.place(), "`" + from + "` is mapped twice");
                good = false;
            }
        }
        return good && tensor instanceof TensorValue.Stored stored
                ? Optional.of(new Verification(
                        stored.ref(),
                        text.className().text(),
                        text.method().text(),
                        Optional.ofNullable(text.signature()),
                        mapping,
                        text.place()))
                : Optional.empty();
    }

    /** The name or the integer that a mapping begins with; null, and told, if it is neither. */
    private @Nullable String from(Syntax.Mapping each) {
        if (each.from() != null) {
            return known(each.from()) ? each.from().toString() : null;
        }
        Typed size = Resolver.resolve(java.util.Objects.requireNonNull(each.size()), context);
        if (size instanceof Typed.Int i) {
            return i.value().toString();
        }
        if (!(size instanceof Typed.Bad)) {
            context.error(
                    Codes.L030, each.place(), "this is " + size.sort() + ", where a name or an integer is wanted");
        }
        return null;
    }

    private boolean known(Node.Reference from) {
        if (from.kind() != Node.Reference.Kind.NAME) {
            return Accesses.tensor(from, context) != null;
        }
        Symbol symbol = context.names().find(from.name());
        if (from.name().equals("result")
                || from.name().equals("after")
                || symbol != null && !(symbol instanceof Symbol.Defined)) {
            return true;
        }
        Set<String> candidates = new LinkedHashSet<>(context.names().all());
        candidates.addAll(List.of("delta", "result"));
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L022.name(), from.place(), "`" + from.name() + "` is no tensor or size of this layer");
        context.error(Nearest.to(from.name(), candidates)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("map the layer's names to the method's: (delta = dy, result = dw)")));
        return false;
    }

    private boolean javaName(Syntax.Name name) {
        for (String part : Identifiers.parts(name.text())) {
            if (!Identifiers.isJavaName(part)) {
                context.error(
                        Codes.L020,
                        name.place(),
                        "`" + name.text() + "` is no name in Java: `" + part + "` is a word of it");
                return false;
            }
        }
        return true;
    }
}
