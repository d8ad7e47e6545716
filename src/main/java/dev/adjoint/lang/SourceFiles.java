package dev.adjoint.lang;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** Reads spec files; what cannot be read is an error without a stack trace. */
final class SourceFiles {
    /** No spec is as large; what is, is something else. */
    static final long MOST_BYTES = 4L << 20;

    private SourceFiles() {}

    /** As messages name a file. */
    static String name(Path file) {
        return file.toString().replace('\\', '/');
    }

    /**
     * The text of a file.
     *
     * @throws AdjointException if it is missing, a directory, not readable, too large or not UTF-8
     */
    static String read(Path file) {
        String name = name(file);
        try {
            if (Files.isDirectory(file)) {
                throw failed(Codes.L001, name, "`" + name + "` is a directory, not a spec");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw failed(
                        Codes.L003, name, "`" + name + "` has " + Files.size(file) + " bytes, more than " + MOST_BYTES);
            }
            return decode(name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw failed(Codes.L001, name, "there is no file `" + name + "`");
        } catch (AccessDeniedException e) {
            throw failed(Codes.L001, name, "`" + name + "` may not be read");
        } catch (IOException e) {
            throw failed(Codes.L001, name, "`" + name + "` cannot be read: " + e.getMessage());
        }
    }

    /** The text of bytes. */
    static String decode(String name, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            int column = 1;
            for (int k = 0; k < buffer.position(); k++) {
                boolean lineBreak = bytes[k] == '\n';
                line += lineBreak ? 1 : 0;
                // Bytes that continue a character stand in no column of their own.
                column = lineBreak ? 1 : (bytes[k] & 0xC0) == 0x80 ? column : column + 1;
            }
            throw new AdjointException(Diagnostic.error(
                            Codes.L002.name(),
                            Place.at(name, line, column),
                            "`" + name + "` is not UTF-8: here is a byte that begins no" + " character")
                    .help("save the file as UTF-8"));
        }
    }

    private static AdjointException failed(Codes code, String file, String message) {
        return new AdjointException(Diagnostic.error(code.name(), Place.at(file, 1, 1), message));
    }

    /** The package that a text states; empty if it states none. */
    static String packageOf(String text) {
        LayerLexer lexer = new LayerLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        Token token = next(lexer);
        if (token.getType() != LayerLexer.PACKAGE) {
            return "";
        }
        StringBuilder name = new StringBuilder();
        for (token = next(lexer);
                token.getType() != LayerLexer.SEMI && token.getType() != Token.EOF;
                token = next(lexer)) {
            name.append(token.getText());
        }
        return name.toString();
    }

    private static Token next(LayerLexer lexer) {
        Token token = lexer.nextToken();
        while (token.getChannel() != Token.DEFAULT_CHANNEL) {
            token = lexer.nextToken();
        }
        return token;
    }
}
