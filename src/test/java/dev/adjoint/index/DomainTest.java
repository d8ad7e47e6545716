package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DomainTest {
    private static final IntExpr C = IntExpr.var("C");
    private static final IntExpr D = IntExpr.var("D");
    private static final IntExpr G = IntExpr.var("G");
    private static final IntExpr H = IntExpr.var("H");
    private static final IntExpr K = IntExpr.var("K");
    private static final IntExpr P = IntExpr.var("P");
    private static final IntExpr S = IntExpr.var("S");
    private static final IntExpr W = IntExpr.var("W");
    private static final IntExpr c = IntExpr.var("c");
    private static final IntExpr i = IntExpr.var("i");
    private static final IntExpr j = IntExpr.var("j");
    private static final IntExpr k = IntExpr.var("k");
    private static final IntExpr m = IntExpr.var("m");
    private static final IntExpr p = IntExpr.var("p");
    private static final IntExpr FLAT = c.times(H).times(W).plus(i.times(W)).plus(j);

    private static final Domain SIZES = sizes(C, D, G, H, K, S, W).and(Constraint.le(IntExpr.ZERO, P));
    private static final Domain VOLUME =
            SIZES.and(Range.below("c", C)).and(Range.below("i", H)).and(Range.below("j", W));
    private static final Domain FLATTENED =
            SIZES.and(Range.below("k", C.times(H).times(W)));

    private static Domain sizes(IntExpr... sizes) {
        return Domain.of(
                Stream.of(sizes).map(s -> Constraint.le(IntExpr.ONE, s)).toList());
    }

    private static IntExpr n(long value) {
        return IntExpr.of(value);
    }

    record Access(String name, Domain domain, IntExpr index, IntExpr lo, IntExpr hi) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code i < (length − (kernel − 1) − 1) div S + 1, m < K}. */
    private static Domain windows(IntExpr length, IntExpr kernel) {
        return SIZES.and(Constraint.le(kernel, length))
                .and(Range.below("i", length.minus(kernel).floorDiv(S).plus(1)))
                .and(Range.below("m", K));
    }

    static Stream<Access> accesses() {
        IntExpr dilated = D.times(K.minus(1)).plus(1);
        IntExpr padded = H.plus(P.times(2));
        IntExpr zero = IntExpr.ZERO;
        Domain clamped = SIZES.and(Constraint.le(K, H))
                .and(Range.below("p", H))
                .and(new Range("m", zero.max(p.minus(H).plus(K)), K.min(p.plus(1))));
        IntExpr group = C.floorDiv(G);
        return Stream.of(
                new Access("valid", windows(H, K), i.times(S).plus(m), zero, H),
                new Access("padded", windows(padded, K), i.times(S).minus(P).plus(m), P.negate(), H.plus(P)),
                new Access(
                        "dilated",
                        SIZES.and(Range.below("i", H.minus(D.times(K.minus(1)))))
                                .and(Range.below("m", K)),
                        i.plus(D.times(m)),
                        zero,
                        H),
                new Access("strided, dilated", windows(H, dilated), i.times(S).plus(D.times(m)), zero, H),
                new Access(
                        "strided, dilated, padded",
                        windows(padded, dilated),
                        i.times(S).minus(P).plus(D.times(m)),
                        P.negate(),
                        H.plus(P)),
                new Access(
                        "transposed",
                        SIZES.and(Range.below("i", H)).and(Range.below("m", K)),
                        i.times(S).plus(m),
                        zero,
                        H.minus(1).times(S).plus(K)),
                new Access("upsampled", SIZES.and(Range.below("k", S.times(H))), k.floorDiv(S), zero, H),
                new Access(
                        "pixel shuffle",
                        SIZES.and(Range.below("c", C)).and(Range.below("k", S.times(H))),
                        c.times(S).plus(k.mod(S)),
                        zero,
                        C.times(S)),
                new Access(
                        "clamped gradient",
                        clamped,
                        p.minus(m),
                        zero,
                        H.minus(K).plus(1)),
                new Access(
                        "flipped kernel",
                        SIZES.and(Range.below("m", K)),
                        K.minus(1).minus(m),
                        zero,
                        K),
                new Access("flattened", VOLUME, FLAT, zero, C.times(H).times(W)),
                new Access("channel", FLATTENED, k.floorDiv(H.times(W)), zero, C),
                new Access("channel, in steps", FLATTENED, k.floorDiv(W).floorDiv(H), zero, C),
                new Access("row", FLATTENED, k.floorDiv(W).mod(H), zero, H),
                new Access("row, of a plane", FLATTENED, k.mod(H.times(W)).floorDiv(W), zero, H),
                new Access("column", FLATTENED, k.mod(W), zero, W),
                new Access(
                        "grouped channel",
                        SIZES.and(Constraint.eq(C.mod(G), zero))
                                .and(Range.below("i", G))
                                .and(Range.below("c", group)),
                        i.times(group).plus(c),
                        zero,
                        C),
                new Access(
                        "clamped border",
                        SIZES.and(Range.below("i", H.plus(P))),
                        i.minus(P).max(zero).min(H.minus(1)),
                        zero,
                        H),
                new Access(
                        "reflected",
                        SIZES.and(Range.below("i", H.times(2).minus(1))),
                        H.minus(1).minus(i.minus(H.minus(1)).abs()),
                        zero,
                        H));
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void accessesOfLayersLieInside(Access access) {
        assertThat(access.domain().implies(Constraint.le(access.lo(), access.index())))
                .isTrue();
        assertThat(access.domain().implies(Constraint.lt(access.index(), access.hi())))
                .isTrue();
        assertThat(access.domain().isEmpty()).isFalse();
    }

    /** A bound tighter by one is not implied wherever an access reaches its bound; nothing false is ever shown. */
    @ParameterizedTest
    @MethodSource("accesses")
    void tighterBoundsAreNotShown(Access access) {
        assertThat(access.domain().implies(Constraint.lt(access.lo(), access.index())))
                .isFalse();
        assertThat(access.domain()
                        .implies(Constraint.lt(access.index(), access.hi().minus(1))))
                .isFalse();
    }

    @Test
    void trueAndContradictionAreNotConfused() {
        Constraint holds = Constraint.le(IntExpr.ZERO, IntExpr.ONE);
        Constraint absurd = Constraint.le(IntExpr.ONE, IntExpr.ZERO);
        assertThat(Domain.ALL.isEmpty()).isFalse();
        assertThat(Domain.ALL.implies(holds)).isTrue();
        assertThat(Domain.ALL.implies(absurd)).isFalse();
        assertThat(Domain.ALL.and(holds)).isEqualTo(Domain.ALL);
        assertThat(Domain.ALL.and(absurd).isEmpty()).isTrue();
        assertThat(Domain.ALL.and(absurd).implies(absurd)).isTrue();
        assertThat(SIZES.and(absurd).implies(Constraint.le(H, n(0)))).isTrue();
        assertThat(SIZES.isEmpty()).isFalse();
    }

    @Test
    void integersAreNotRationals() {
        Domain half = Domain.of(List.of(Constraint.le(n(1), i.times(2)), Constraint.le(i.times(2), n(1))));
        assertThat(half.isEmpty()).isTrue();
        assertThat(Domain.of(List.of(Constraint.eq(i.times(6).plus(j.times(4)), n(3))))
                        .isEmpty())
                .isTrue();
        assertThat(Domain.of(List.of(Constraint.eq(i.times(6).plus(j.times(4)), n(2))))
                        .isEmpty())
                .isFalse();
        Domain odd = Domain.of(List.of(Constraint.eq(i, j.times(2).plus(1)), Constraint.le(n(0), i)));
        assertThat(odd.implies(Constraint.le(n(1), i))).isTrue();
    }

    @Test
    void constraintsAreTightened() {
        Domain domain = Domain.of(List.of(Constraint.le(n(1), i.times(2)), Constraint.le(n(0), n(3))));
        assertThat(domain).hasToString("[i-1 >= 0]");
    }

    @Test
    void equalitiesReachIntoQuotients() {
        Domain domain = VOLUME.and(Constraint.eq(k, FLAT));
        assertThat(domain.implies(Constraint.eq(k.mod(W), j))).isTrue();
        assertThat(domain.implies(Constraint.eq(k.floorDiv(W).mod(H), i))).isTrue();
        assertThat(domain.implies(Constraint.eq(k.floorDiv(H.times(W)), c))).isTrue();
    }

    @Test
    void flatteningWhatWasUnflattenedIsTheIdentity() {
        IntExpr row = k.mod(H.times(W)).floorDiv(W);
        IntExpr again =
                k.floorDiv(H.times(W)).times(H).times(W).plus(row.times(W)).plus(k.mod(W));
        assertThat(FLATTENED.implies(Constraint.eq(again, k))).isTrue();
        assertThat(FLATTENED.implies(Constraint.eq(row, k.floorDiv(W).mod(H)))).isTrue();
        assertThat(FLATTENED.implies(Constraint.eq(k.floorDiv(W).floorDiv(H), k.floorDiv(H.times(W)))))
                .isTrue();
    }

    @Test
    void simplification() {
        assertThat(VOLUME.simplify(FLAT.floorDiv(H.times(W)))).isEqualTo(c);
        assertThat(VOLUME.simplify(FLAT.mod(H.times(W)).floorDiv(W))).isEqualTo(i);
        assertThat(VOLUME.simplify(FLAT.floorDiv(W).mod(H))).isEqualTo(i);
        assertThat(VOLUME.simplify(FLAT.mod(W))).isEqualTo(j);
        assertThat(VOLUME.simplify(i.max(n(0)).plus(j.minus(W).abs())))
                .isEqualTo(i.plus(W).minus(j));
        assertThat(VOLUME.simplify(i.minus(H).floorDiv(H))).isEqualTo(n(-1));
        assertThat(VOLUME.simplify(i.min(j))).isEqualTo(i.min(j));
        assertThat(Domain.ALL.simplify(i.floorDiv(n(3)))).isEqualTo(i.floorDiv(n(3)));
    }

    /** A foreign atom is an unknown integer, with what the caller says of it. */
    @Test
    void foreignAtomsAreUnknownIntegers() {
        record Entry(String tensor) implements Atom {
            @Override
            public void collectVariables(Set<String> names) {}

            @Override
            public IntExpr substitute(Map<String, IntExpr> values) {
                return IntExpr.of(this);
            }

            @Override
            public String toString() {
                return tensor + "[]";
            }
        }
        IntExpr t = IntExpr.of(new Entry("t"));
        Constraint below = Constraint.lt(t.times(W).plus(j), C.times(W));
        assertThat(VOLUME.implies(below)).isFalse();
        Domain known = VOLUME.and(List.of(Constraint.le(n(0), t), Constraint.lt(t, C)));
        assertThat(known.implies(below)).isTrue();
    }

    @Test
    void overflowShowsNothing() {
        IntExpr huge = i.times(Long.MAX_VALUE);
        Domain domain = Domain.of(List.of(
                Constraint.le(n(0), huge.plus(j)),
                Constraint.le(j, huge.negate().plus(k))));
        assertThat(domain.implies(Constraint.le(k, n(0)))).isFalse();
        assertThat(domain.isEmpty()).isFalse();
    }

    /** Many constraints, all dense: an answer within the budget, whatever it is. */
    @Test
    void aLargeSystemEnds() {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "x", "y");
        RandomIntegers random = new RandomIntegers(5, names);
        List<Constraint> constraints = new ArrayList<>();
        for (int row = 0; row < 40; row++) {
            constraints.add(new Constraint(random.affine(), false));
        }
        Domain domain = Domain.of(constraints);
        for (Constraint constraint : constraints) {
            assertThat(domain.implies(new Constraint(constraint.expr().plus(1), false)) || !domain.isEmpty())
                    .isTrue();
        }
    }
}
