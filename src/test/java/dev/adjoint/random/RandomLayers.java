package dev.adjoint.random;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * Random layers, well formed: every index has its range, every plain read lies inside its tensor at all sizes, since the
 * extents of a tensor follow from its first read. The same seed gives the same layer.
 */
final class RandomLayers {
    private static final Place PLACE = Place.at("random.layer", 1, 1);
    private static final List<String> SIZES = List.of("N", "M", "K", "L");

    final Random random;
    final Options options;
    final Set<String> features = new LinkedHashSet<>();
    final List<Tensor> tensors = new ArrayList<>();
    final Map<String, IntExpr> sizes = new LinkedHashMap<>();
    final List<Cond> assumptions = new ArrayList<>();
    final List<String> functions = new ArrayList<>();
    final boolean contested;
    private final List<Equation> equations = new ArrayList<>();

    private RandomLayers(long seed, Options options) {
        this.random = new Random(seed * 0x9e3779b97f4a7c15L + 1);
        this.options = options;
        this.contested = chance(0.3);
        if (contested) {
            feature("index names that derivations like");
        }
    }

    /**
     * What may occur.
     *
     * @param open whether sizes may be left open; if not all are bound
     * @param functions whether uninterpreted functions may occur
     * @param largest how deep expressions may be
     */
    record Options(boolean open, boolean functions, int largest) {
        static final Options ALL = new Options(true, true, 4);
        static final Options EMITTED = new Options(true, false, 3);
    }

    /**
     * A layer and what was drawn for it.
     *
     * @param features what occurs in it, for the histogram
     */
    record Drawn(long seed, Layer layer, Set<String> features) {}

    static Drawn draw(long seed, Options options) {
        return new RandomLayers(seed, options).draw(seed);
    }

    private Drawn draw(long seed) {
        int sizeCount = 1 + random.nextInt(3);
        List<Size> open = new ArrayList<>();
        for (int k = 0; k < sizeCount; k++) {
            String name = SIZES.get(k);
            boolean bound = !options.open() || chance(0.3);
            feature(bound ? "bound size" : "open size");
            sizes.put(name, bound ? IntExpr.of(1 + random.nextInt(4)) : IntExpr.var(name));
            if (!bound) {
                open.add(new Size(name, OptionalLong.empty(), PLACE));
            }
        }
        int lets = chance(0.4) ? 1 + random.nextInt(2) : 0;
        int outputs = chance(0.15) ? 2 : 1;
        for (int k = 0; k < lets; k++) {
            equation(Tensor.Role.LET, "z" + (k == 0 ? "" : k));
        }
        for (int k = 0; k < outputs; k++) {
            equation(Tensor.Role.OUTPUT, "y" + (k == 0 ? "" : k));
        }
        if (lets > 1) {
            feature("several lets");
        }
        if (outputs > 1) {
            feature("several outputs");
        }
        ensureDifferentiable();
        Layer layer = new Layer(
                "random",
                "Random" + Long.toString(seed).replace('-', 'm'),
                "",
                open,
                tensors,
                functions,
                equations,
                assumptions,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                PLACE);
        features.addAll(Structure.of(layer));
        return new Drawn(seed, layer, features);
    }

    private void equation(Tensor.Role role, String name) {
        RandomExprs exprs = new RandomExprs(this);
        int rank = chance(0.15) ? 0 : 1 + random.nextInt(2) + (chance(0.2) ? 1 : 0);
        if (rank == 0) {
            feature("scalar");
        }
        List<Range> indices = new ArrayList<>();
        Expr rhs;
        if (rank > 0 && chance(0.3)) {
            rhs = exprs.convolution(indices, rank);
        } else {
            for (int k = 0; k < rank; k++) {
                indices.add(exprs.enter(exprs.extent()));
            }
            rhs = exprs.value(options.largest());
        }
        List<IntExpr> shape = indices.stream().map(Range::hi).toList();
        Tensor target = new Tensor(name, role, shape, Optional.empty(), PLACE);
        tensors.add(target);
        equations.add(new Equation(target, indices, rhs, PLACE));
    }

    /** A layer without a gradient has nothing to check: then its first given tensor becomes an input. */
    private void ensureDifferentiable() {
        boolean some = tensors.stream().anyMatch(t -> t.hasGradient());
        if (some) {
            return;
        }
        for (int k = 0; k < tensors.size(); k++) {
            Tensor t = tensors.get(k);
            if (t.isGiven() && !t.isInteger()) {
                tensors.set(k, new Tensor(t.name(), Tensor.Role.INPUT, t.shape(), Optional.empty(), PLACE));
                return;
            }
        }
        Tensor unread = new Tensor("x", Tensor.Role.INPUT, List.of(IntExpr.of(2)), Optional.empty(), PLACE);
        tensors.add(0, unread);
        feature("unread input");
    }

    /** A tensor that is given, of a role that fits its kind. */
    Tensor given(List<IntExpr> shape, Optional<IntExpr> limit) {
        String stem = limit.isPresent() ? "t" : random.nextBoolean() ? "x" : "w";
        String name = stem;
        for (int k = 1; named(name).isPresent(); k++) {
            name = stem + k;
        }
        double draw = random.nextDouble();
        Tensor.Role role = limit.isPresent() || draw < 0.1
                ? Tensor.Role.CONST
                : stem.equals("x") ? Tensor.Role.INPUT : Tensor.Role.PARAM;
        Tensor tensor = new Tensor(name, role, shape, limit, PLACE);
        int at = (int) tensors.stream().takeWhile(Tensor::isGiven).count();
        tensors.add(at, tensor);
        return tensor;
    }

    Tensor tensor(String name) {
        return named(name).orElseThrow();
    }

    private Optional<Tensor> named(String name) {
        return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** Tensors that may be read, those of lets three times as likely, so that few are computed in vain. */
    Optional<Tensor> known() {
        List<Tensor> candidates = new ArrayList<>();
        for (Tensor tensor : tensors) {
            if (!tensor.isInteger() && (tensor.role() != Tensor.Role.OUTPUT || chance(0.6))) {
                for (int k = 0; k < (tensor.role() == Tensor.Role.LET ? 3 : 1); k++) {
                    candidates.add(tensor);
                }
            }
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of(pick(candidates));
    }

    void noteRead(Tensor tensor) {
        if (tensor.role() == Tensor.Role.LET) {
            feature("reads a let");
        } else if (tensor.role() == Tensor.Role.OUTPUT) {
            feature("reads an output");
        }
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    void feature(String name) {
        features.add(name);
    }

    /** Whether an expression reads a tensor twice. */
    static boolean readsTwice(Expr e) {
        List<Ref> refs = new ArrayList<>();
        new dev.adjoint.expr.Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Read r) {
                    refs.add(r.ref());
                }
                return super.expr(node);
            }
        }.expr(e);
        return refs.size() > Variables.refs(e).size();
    }
}
