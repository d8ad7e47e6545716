package dev.adjoint.mutation;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A true claim, in the text of its layer: everything else that the file says is left out, but for what the layer may
 * use. Other right-hand sides are read in its stead, by the language itself.
 */
final class Seed {
    private final String file;
    private final String before;
    private final String after;
    private final Layer layer;
    private final Claim claim;
    private final Tree right;
    private final Scope scope;

    /**
     * @param before the text up to the claim's right-hand side
     * @param right the right-hand side
     * @param definitions the ranks of the parameters of each definition that the claim may use
     */
    Seed(String file, String before, Tree right, String after, Map<String, List<Integer>> definitions) {
        this.file = file;
        this.before = before;
        this.after = after;
        this.right = right;
        Layer read = parse(right).layers().get(0);
        this.layer = read;
        this.claim = read.claims().get(0);
        this.scope = Scope.of(read, claim.indices().stream().map(Range::name).toList(), definitions);
    }

    private dev.adjoint.lang.SpecFile parse(Tree other) {
        return Specs.parse(file, before + other + after, Importers.library());
    }

    Layer layer() {
        return layer;
    }

    Claim claim() {
        return claim;
    }

    /** {@code Conv2d: grad w[d, c, k, l]}. */
    String title() {
        String text = claim.text().replaceFirst("^claim ", "");
        return layer.name() + ": " + text.substring(0, text.indexOf(" = "));
    }

    Tree right() {
        return right;
    }

    /** The edits of a right-hand side of this claim, whether or not the language accepts what comes out. */
    Edits edits(Tree of) {
        return new Edits(of, scope);
    }

    /** The same claim with another right-hand side; empty if the language refuses it. */
    Optional<Mutant> mutant(List<Edit> edits) {
        Tree edited = edits.get(edits.size() - 1).tree();
        return read(edited)
                .map(l -> new Mutant(this, edits, edited, l, l.claims().get(0)));
    }

    /** The layer with another right-hand side in its claim; empty if the language refuses it. */
    Optional<Layer> read(Tree other) {
        try {
            Layer read = parse(other).layers().get(0);
            return read.claims().get(0).indices().equals(claim.indices()) ? Optional.of(read) : Optional.empty();
        } catch (AdjointException refused) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return layer.name() + ": " + claim.text();
    }
}
