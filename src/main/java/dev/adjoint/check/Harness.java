package dev.adjoint.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;

/**
 * The main class of the other JVM: reads questions from standard input, writes answers to standard output, until the
 * input ends. What emitted classes print goes to standard error.
 */
final class Harness {
    /** What either side accepts from the other: our records and what they are made of. */
    static final ObjectInputFilter FILTER =
            ObjectInputFilter.Config.createFilter("dev.adjoint.check.*;java.lang.*;java.util.*;!*");

    private Harness() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        PrintStream standard = System.out;
        System.setOut(System.err);
        try (ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(standard))) {
            out.flush();
            ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(System.in));
            in.setObjectInputFilter(FILTER);
            while (true) {
                Question<?> question;
                try {
                    question = (Question<?>) in.readObject();
                } catch (EOFException end) {
                    return;
                }
                out.writeObject(answer(question));
                out.reset();
                out.flush();
            }
        }
    }

    /** Whatever goes wrong in an emitted class is an answer, not an end. */
    private static <A> A answer(Question<A> question) {
        try {
            return question.answer();
        } catch (OutOfMemoryError e) {
            return question.failed("the heap was exhausted ("
                    + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB): " + e.getMessage());
        } catch (Instance.Broken e) {
            return question.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (StackOverflowError | LinkageError | RuntimeException e) {
            return question.failed("the class cannot be examined: " + e);
        }
    }
}
