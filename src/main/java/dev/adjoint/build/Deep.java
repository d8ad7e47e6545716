package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs recursive passes on a thread whose stack is deep enough for any formula that a person would write; a deeper one
 * is an error of the spec, never a crash.
 */
final class Deep {
    private static final long STACK = 256L << 20;

    private Deep() {}

    static <T> T call(String what, Callable<T> work) {
        return all(what, List.of(work)).get(0);
    }

    /** What each of the tasks returns, in their order; as many run at a time as there are processors. */
    static <T> List<T> all(String what, List<Callable<T>> work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        int threads = Math.max(1, Math.min(work.size(), Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(null, task, "adjoint", STACK);
            thread.setContextClassLoader(loader);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> tasks = work.stream().map(pool::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> task : tasks) {
                results.add(result(what, task));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T result(String what, Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StackOverflowError) {
                throw new AdjointException(Trouble.tooDeep(what));
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
