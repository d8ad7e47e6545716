package dev.adjoint.report;

import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Inline;
import java.util.ArrayList;
import java.util.List;

/** Documentation comments as paragraphs: empty lines part them, back quotes enclose code. */
final class Prose {
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
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
