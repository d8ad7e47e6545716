package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time writes into a directory. The lock is a file in the system's temporary directory, so that nothing
 * is left among the user's files; the system releases it when a run is killed.
 */
final class RunLock implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE = 20;

    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Waits for the directory's lock.
     *
     * @throws AdjointException if another run still holds it after so long
     */
    static RunLock on(Path directory, Duration patience) throws IOException {
        String user = System.getProperty("user.name", "");
        Path real = directory.toRealPath();
        Path file = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("adjoint-" + Hash.ofText(user + "\n" + real).substring(0, 24) + ".lock");
        Files.createDirectories(file.getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                FileLock lock = attempt(channel);
                if (lock != null) {
                    return new RunLock(channel, lock);
                }
                if (System.nanoTime() > end) {
                    throw new AdjointException(Trouble.locked(directory));
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            channel.close();
            throw new AdjointException(Trouble.locked(directory));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What is done while a directory is locked. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** Does something while no other run writes into the directory. */
    static <T> T during(Path directory, Duration patience, Action<T> action) throws IOException {
        RunLock lock = on(directory, patience);
        try {
            return action.run();
        } finally {
            lock.close();
        }
    }

    /** Null while another process or another thread of this one holds it. */
    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
