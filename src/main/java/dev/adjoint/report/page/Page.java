package dev.adjoint.report.page;

import java.util.List;

/**
 * A document.
 *
 * @param home the address of the index over all pages, relative to this one; empty if there is none
 * @param base the name of its file without the ending, which files beside it begin with; empty if there are none
 * @param source what it was made of, as {@code specs/conv.layer}
 */
public record Page(String title, String home, String base, String source, List<Block> blocks) {
    public Page {
        blocks = List.copyOf(blocks);
    }

    /** The headings of the second level, which a reader can go to. */
    public List<Block.Heading> contents() {
        return blocks.stream()
                .filter(Block.Heading.class::isInstance)
                .map(Block.Heading.class::cast)
                .filter(h -> h.level() == 2)
                .toList();
    }
}
