package dev.adjoint.report;

import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import java.util.ArrayList;
import java.util.List;

/** Documentation comments as paragraphs: empty lines part them, back quotes enclose code. */
final class Prose {
    private static final int LONGEST_TITLE = 80;

    private Prose() {}

    static List<Block> paragraphs(String doc) {
        List<Block> paragraphs = new ArrayList<>();
        for (String part : doc.strip().split("\\n\\s*\\n")) {
            String text = part.strip().replaceAll("\\s+", " ");
            if (!text.isEmpty()) {
                paragraphs.add(new Block.Paragraph(Inline.prose(text)));
            }
        }
        return paragraphs;
    }

    /** The first sentence, for a list. */
    static String summary(String doc) {
        String text = doc.strip().replaceAll("\\s+", " ");
        int depth = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            // Neither in parentheses nor after "et al" does a full stop end a sentence: (He et al. 2015).
            if (depth <= 0 && text.startsWith(". ", k) && !text.substring(0, k).endsWith(" al")) {
                return text.substring(0, k + 1);
            }
        }
        return text;
    }

    /** What a comment is about, {@code "A title"} of {@code "A title: the rest."}; empty if it does not begin with one. */
    static String title(String doc) {
        String text = doc.strip().replaceAll("\\s+", " ");
        int colon = text.indexOf(": ");
        return colon < 0 || colon > LONGEST_TITLE || text.lastIndexOf('.', colon) >= 0 ? "" : text.substring(0, colon);
    }

    /** The comment without its title. */
    static String rest(String doc) {
        String title = title(doc);
        if (title.isEmpty()) {
            return doc;
        }
        String rest = doc.substring(doc.indexOf(':') + 1).strip();
        return Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
    }
}
