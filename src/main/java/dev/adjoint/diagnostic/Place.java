package dev.adjoint.diagnostic;

/**
 * A stretch of text in a file. Lines and columns count from 1; the end is inclusive.
 *
 * @param file the file as the user named it, with forward slashes
 */
public record Place(String file, int line, int column, int endLine, int endColumn) implements Comparable<Place> {
    /** The place of one character. */
    public static Place at(String file, int line, int column) {
        return new Place(file, line, column, line, column);
    }

    /** From the start of this place to the end of another in the same file. */
    public Place to(Place end) {
        return new Place(file, line, column, end.endLine, end.endColumn);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
