package dev.adjoint.prove;

import java.util.List;

/** The identities of functions, powers and selectors that the normal form rests on, each in one place. */
enum Identity {
    /** {@code a^p · a^q = a^(p+q)}, {@code [c]·[c] = [c]}. */
    EQUAL_FACTORS,
    /** {@code [v > 0]·[v == 0] = 0}. */
    POSITIVE_AND_ZERO,
    /** {@code a^−n·[a == 0] = 0}. */
    INVERSE_AT_ZERO,
    /** {@code a·[c·a + r == 0] = −r/c·[c·a + r == 0]}. */
    SOLVED_AT_ZERO,
    /** {@code a·v^−n = (v·v^−n − r·v^−n) / c} for an exponential a and {@code v = c·a + r}. */
    EXPONENTIAL_DIVIDED,
    /** {@code cos(u)^2 = 1 − sin(u)^2}. */
    COSINE_SQUARED,
    /** {@code v^p = v·v^(p−1)} for {@code p ≥ 1}, where v was kept whole. */
    POWER_WRITTEN_OUT,
    /** {@code c^(n+f) = c^n·c^f}. */
    NUMBER_POWER,
    /** {@code log1p(v) = log(1 + v)}. */
    LOG1P,
    /** {@code sqrt(v) = v^(1/2)}. */
    SQUARE_ROOT,
    /** {@code sigmoid(v) = 1 / (1 + exp(−v))}. */
    SIGMOID,
    /** {@code tanh(v) = 1 − 2 / (1 + exp(2v))}. */
    TANH,
    /** {@code sin(−v) = −sin(v)}, and erf. */
    ODD,
    /** {@code cos(−v) = cos(v)}. */
    EVEN,
    /** {@code |v| = 2·relu(v) − v}. */
    ABSOLUTE,
    /** {@code relu(v) = v·[v > 0]}. */
    RELU,
    /** {@code max(a, b) = b + (a−b)·[a−b > 0]}. */
    EXTREMUM,
    /** {@code exp(a + b) = exp(a)·exp(b)}. */
    EXPONENTIAL_OF_SUM,
    /** {@code exp(c·log(v)) = v^c}. */
    EXPONENTIAL_OF_LOGARITHM,
    /** {@code log(a·b) = log(a) + log(b)} for what is positive. */
    LOGARITHM_OF_PRODUCT,
    /** {@code log(1/v) = −log(v)}. */
    LOGARITHM_OF_INVERSE,
    /** {@code (a·b)^e = a^e·b^e} for what is positive, or a whole e. */
    POWER_OF_PRODUCT,
    /** {@code [c·v > 0] = 1 − [v > 0] − [v == 0]} for {@code c < 0}. */
    POSITIVE_TURNED,
    /** {@code [a·b > 0] = [a > 0]·[b > 0] + [−a > 0]·[−b > 0]}. */
    POSITIVE_OF_PRODUCT,
    /** {@code (a^2)^(1/2) = a·([a > 0] − [−a > 0])}. */
    ROOT_OF_SQUARE,
    /** {@code [a·b == 0] = 1 − (1 − [a == 0])·(1 − [b == 0])}. */
    ZERO_OF_PRODUCT;

    /** What an identity gives; a test plants a fault here. */
    interface Holding {
        List<Term> hold(Identity identity, List<Term> value);
    }
}
