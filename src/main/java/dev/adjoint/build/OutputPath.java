package dev.adjoint.build;

/** Relative paths of outputs, with forward slashes. */
final class OutputPath {
    private OutputPath() {}

    /** Whether the path stays below the directory that it is resolved against, on every platform. */
    static boolean isSafe(String path) {
        if (path.isEmpty() || path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || c == ':')) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }
}
