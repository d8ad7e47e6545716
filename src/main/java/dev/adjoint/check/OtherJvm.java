package dev.adjoint.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own for emitted classes. It is started when it is first needed, answers one question after the other, and
 * is ended when one does not return in time; the next question then gets a new one. Serves one thread.
 */
final class OtherJvm implements AutoCloseable {
    private final List<String> flags;
    private final Duration timeout;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "adjoint-check");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Connection connection;

    OtherJvm(List<String> flags, Duration timeout) {
        this.flags = List.copyOf(flags);
        this.timeout = timeout;
    }

    private record Connection(Process process, ObjectOutputStream out, ObjectInputStream in, Path errors) {}

    /** What the other JVM answers; if it does not, that is the class' failure. */
    <A> A ask(Question<A> question) {
        Future<A> answer = reader.submit(() -> exchange(question));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end();
            return question.failed("no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            String last = lastWords();
            end();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return question.failed("the JVM that ran the class ended: " + (last.isEmpty() ? cause.getMessage() : last));
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
            return question.failed("interrupted");
        }
    }

    @SuppressWarnings("unchecked") // Harness answers each question with what it asks for.
    private <A> A exchange(Question<A> question) throws IOException, ClassNotFoundException {
        Connection current = connect();
        current.out.writeObject(question);
        current.out.reset();
        current.out.flush();
        return (A) current.in.readObject();
    }

    private synchronized Connection connect() throws IOException {
        if (connection != null) {
            return connection;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), Harness.class.getName()));
        Path errors = Files.createTempFile("adjoint-check", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        Connection opened;
        try {
            ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
            out.flush();
            ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(process.getInputStream()));
            in.setObjectInputFilter(Harness.FILTER);
            opened = new Connection(process, out, in, errors);
        } catch (IOException e) {
            exited(process);
            String said = Files.readString(errors, StandardCharsets.UTF_8).strip();
            Files.deleteIfExists(errors);
            throw new IOException(said.isEmpty() ? "it did not start" : said.replace("\n", "; "), e);
        }
        connection = opened;
        return opened;
    }

    /** Where our own classes and Commons Math lie. */
    private static String classPath() {
        Set<String> path = new LinkedHashSet<>();
        for (Class<?> each : List.of(Harness.class, FiniteDifferencesDifferentiator.class)) {
            try {
                path.add(Path.of(each.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private synchronized String lastWords() {
        if (connection == null) {
            return "";
        }
        try {
            exited(connection.process);
            List<String> lines = Files.readAllLines(connection.errors, StandardCharsets.UTF_8);
            return String.join("; ", lines.subList(0, Math.min(3, lines.size())));
        } catch (IOException e) {
            return "";
        }
    }

    /** Leaves a process that is about to end the time to say why, and ends it otherwise. */
    private static void exited(Process process) {
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        if (connection != null) {
            connection.process.destroyForcibly();
            exited(connection.process);
            try {
                Files.deleteIfExists(connection.errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        end();
        reader.shutdownNow();
    }
}
