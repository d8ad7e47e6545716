package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that has entries: a tensor, a slice of one, or a definition applied. */
sealed interface TensorValue {
    List<IntExpr> shape();

    /** As it is named in messages. */
    String title();

    /**
     * The entry at an index, which must lie inside unless there is a pad: what is read outside.
     *
     * @param index as many as there are axes
     */
    Typed element(List<IntExpr> index, @Nullable Expr pad, Context context, Place place);

    /** Where the entry is stored, if it is. */
    Optional<Expr.Read> stored(List<IntExpr> index);

    default int rank() {
        return shape().size();
    }

    private static void oweInside(TensorValue tensor, List<IntExpr> index, Context context, Place place, String read) {
        for (int k = 0; k < index.size(); k++) {
            context.work()
                    .owe(new Obligation(
                            read,
                            tensor.title(),
                            k,
                            index.get(k),
                            tensor.shape().get(k),
                            context,
                            place));
        }
    }

    /** A tensor of the layer, an error or a gradient; {@code limit} is the bound of an integer tensor. */
    record Stored(Ref ref, List<IntExpr> shape, Optional<IntExpr> limit) implements TensorValue {
        @Override
        public String title() {
            return ref.toString();
        }

        @Override
        public Typed element(List<IntExpr> index, @Nullable Expr pad, Context context, Place place) {
            if (limit.isPresent()) {
                if (pad != null) {
                    context.error(Diagnostic.error(
                                    Codes.L055.name(), place, "`pad` reads values, " + title() + " holds integers")
                            .help("guard the read with `condition ? … : …`"));
                    return Typed.Bad.BAD;
                }
                IntExpr entry = IntExpr.of(new Position.Entry(ref.name(), index));
                oweInside(this, index, context, place, entry.toString());
                return new Typed.Int(entry);
            }
            Expr read = new Expr.Read(ref, index, pad);
            if (pad == null) {
                oweInside(this, index, context, place, dev.adjoint.expr.Printer.print(read));
            }
            return new Typed.Real(read);
        }

        @Override
        public Optional<Expr.Read> stored(List<IntExpr> index) {
            return Optional.of(new Expr.Read(ref, index, null));
        }
    }

    /** {@code base[fixed, :, …]}: null stands for a whole axis. */
    record Slice(TensorValue base, List<@Nullable IntExpr> fixed) implements TensorValue {
        public Slice {
            fixed = Collections.unmodifiableList(new ArrayList<>(fixed));
        }

        @Override
        public List<IntExpr> shape() {
            List<IntExpr> shape = new ArrayList<>();
            for (int k = 0; k < fixed.size(); k++) {
                if (fixed.get(k) == null) {
                    shape.add(base.shape().get(k));
                }
            }
            return shape;
        }

        @Override
        public String title() {
            return base.title();
        }

        private List<IntExpr> whole(List<IntExpr> index) {
            List<IntExpr> whole = new ArrayList<>();
            int next = 0;
            for (IntExpr each : fixed) {
                whole.add(each == null ? index.get(next++) : each);
            }
            return whole;
        }

        @Override
        public Typed element(List<IntExpr> index, @Nullable Expr pad, Context context, Place place) {
            return base.element(whole(index), pad, context, place);
        }

        @Override
        public Optional<Expr.Read> stored(List<IntExpr> index) {
            return base.stored(whole(index));
        }
    }

    /**
     * A definition with its arguments in their places.
     *
     * @param arguments the definition's sizes and parameters
     * @param indices the names of the target's indices
     */
    record Applied(Syntax.Definition definition, Names arguments, List<String> indices, List<IntExpr> shape)
            implements TensorValue {
        public Applied {
            indices = List.copyOf(indices);
            shape = List.copyOf(shape);
        }

        @Override
        public String title() {
            return definition.name().text() + "(…)";
        }

        @Override
        public Typed element(List<IntExpr> index, @Nullable Expr pad, Context context, Place place) {
            Names names = arguments.inside();
            List<Cond> inside = new ArrayList<>();
            for (int k = 0; k < indices.size(); k++) {
                names.put(indices.get(k), new Symbol.Int(index.get(k), false));
                inside.add(Cond.within(IntExpr.ZERO, index.get(k), shape.get(k)));
            }
            Cond where = Cond.and(inside);
            if (pad == null) {
                oweInside(this, index, context, place, title() + index);
            }
            Context.Applied by = context.applied() != null
                    ? context.applied()
                    : new Context.Applied(definition.name().text(), place);
            Context body =
                    context.names(names).facts(context.facts().where(where)).applied(by);
            Typed value = Resolver.resolve(definition.body(), body);
            if (pad == null || value instanceof Typed.Bad) {
                return value;
            }
            Expr real = Resolver.asValue(value, definition.body(), body);
            return real == null ? Typed.Bad.BAD : new Typed.Real(Exprs.select(where, real, pad));
        }

        @Override
        public Optional<Expr.Read> stored(List<IntExpr> index) {
            return Optional.empty();
        }
    }
}
