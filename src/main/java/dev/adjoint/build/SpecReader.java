package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a spec's text: UTF-8, strictly, a byte order mark dropped, lines ended by LF. */
final class SpecReader {
    private static final long MOST = 4 << 20;

    private SpecReader() {}

    /**
     * The text of a file.
     *
     * @param shown its name in diagnostics
     * @throws AdjointException if it is no file, cannot be read, is too large or is not UTF-8
     */
    static String read(Path path, String shown) {
        try {
            if (!Files.exists(path)) {
                throw new AdjointException(Trouble.noSuchFile(path));
            }
            if (!Files.isRegularFile(path)) {
                throw new AdjointException(Trouble.notAFile(path));
            }
            if (Files.size(path) > MOST) {
                throw new AdjointException(Trouble.tooLarge(path, MOST));
            }
            return decode(Files.readAllBytes(path), shown);
        } catch (IOException e) {
            throw new AdjointException(Trouble.unreadable(path, e));
        }
    }

    static String decode(byte[] bytes, String shown) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new AdjointException(Trouble.notUtf8(end(text.toString(), shown)));
        }
        String all = text.toString();
        return (all.startsWith("\ufeff") ? all.substring(1) : all).replace("\r\n", "\n");
    }

    /** The place just behind a text. */
    private static Place end(String text, String shown) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return Place.at(shown, line, 1 + last.codePointCount(0, last.length()));
    }
}
