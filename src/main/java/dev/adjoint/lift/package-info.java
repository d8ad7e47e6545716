/**
 * Hand-written Java read as equations, so that "this method computes grad w" can be judged like any claim. In: a layer,
 * what a method is held to compute, and Java source, which is parsed and never run. Out: the entry that the method
 * leaves in its result, as an expression over the layer's tensors, with the memory layout that its offsets follow.
 *
 * <p>A method is executed symbolically. The content of an array is a function of its index, {@code A(q)}; a statement
 * {@code A[f] = e} makes it {@code [q == f] ? e : A(q)}, a statement {@code A[f] += e} makes it {@code A(q) + [q == f]
 * e}. A loop is executed once, for an iteration {@code v} of which nothing is known but its range, from contents of
 * which nothing is known; what comes out is a law from one iteration to the next, and is closed over all of them: a sum
 * (accumulation), the iteration that writes {@code q} last (assignment), a maximum and its position (a recorded
 * winner). A law that is none of these is refused, with the place: nothing is guessed. Every access is proved to lie
 * inside its array, else it is an error, for Java would throw.
 *
 * <p>Numbers: {@code float} and {@code double} are read as real numbers, literals as they are written, sums in any
 * order; {@code int} as integers that do not overflow, with Java's division, that rounds towards zero. Arrays that come
 * in through different names are taken to be different arrays. What was in the result before is taken to be zero where
 * the method only adds to it, and the notes say so; a method whose result depends on it otherwise is refused.
 *
 * <p>What a method is held to compute stands in the spec, {@code verify grad w by com.acme.Conv#backward(delta = dy, o
 * = this.input, H-K1+1 = outH, 1 = stride, result = dw)}, or in the Javadoc of the method, as a line {@code verify
 * com.acme.layers.Conv2d grad w (delta = dy, result = dw)}. A mapping gives on its left what the layer calls it, a
 * tensor, an error, a gradient, a size or any integer of sizes; on its right the parameter or field, or, for a size, a
 * number ({@code N = 1}), for which alone the method then is judged. Names that are not mapped stand for what bears the
 * same name. Without {@code result} it is what the method returns, or the only array that it writes. {@code after =
 * forward} runs another method of the class first: winners that the forward pass records.
 *
 * <p>The other way too: of a forward pass alone, whose Javadoc declares the tensors ({@code layer Conv[H, K] { input
 * o[H] param w[K] output x[i < H-K+1] }}), comes the text of the layer.
 *
 * <p>It may import the packages from {@code diagnostic} to {@code lang}; no other but {@code check} sees JavaParser.
 */
@NullMarked
package dev.adjoint.lift;

import org.jspecify.annotations.NullMarked;
