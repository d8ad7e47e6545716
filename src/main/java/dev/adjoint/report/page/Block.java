package dev.adjoint.report.page;

import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.math.MathNode;
import java.util.List;

/** What stands below one another on a page. {@link #kind} names the template that prints it. */
public sealed interface Block {
    String kind();

    /** A heading; its id is what links name. */
    record Heading(int level, String id, List<Inline> text) implements Block {
        public Heading {
            text = List.copyOf(text);
        }

        @Override
        public String kind() {
            return "heading" + level;
        }
    }

    /** Text. */
    record Paragraph(List<Inline> text) implements Block {
        public Paragraph {
            text = List.copyOf(text);
        }

        @Override
        public String kind() {
            return "paragraph";
        }
    }

    /**
     * A formula by itself.
     *
     * @param pieces of it, between which a line may end
     * @param source the formula in the language
     * @param number in parentheses beside it; empty if it has none
     */
    record Formula(List<MathNode> pieces, String source, String number) implements Block {
        public Formula {
            pieces = List.copyOf(pieces);
        }

        @Override
        public String kind() {
            return "formula";
        }

        /** Whether it is set in several pieces, none of which is the formula. */
        public boolean split() {
            return pieces.size() > 1;
        }
    }

    /** A chain of equal formulas, each with what makes it equal to the one before. */
    record Steps(List<Step> steps) implements Block {
        public Steps {
            steps = List.copyOf(steps);
        }

        @Override
        public String kind() {
            return "steps";
        }
    }

    /**
     * One formula of a chain.
     *
     * @param law the law as a formula in the language; empty if the rule says it all
     * @param condition why the law may be applied here; empty if it always may
     */
    record Step(Formula formula, String rule, String law, String condition) {}

    /** Drawings with a caption. */
    record Picture(String id, String title, String caption, List<Drawing> drawings, Drawing whole) implements Block {
        public Picture {
            drawings = List.copyOf(drawings);
        }

        @Override
        public String kind() {
            return "picture";
        }
    }

    /** A text that stands as it is, line by line. */
    record Code(String caption, List<Line> lines) implements Block {
        /** A line of it. */
        public record Line(String text) {}

        public Code {
            lines = List.copyOf(lines);
        }

        @Override
        public String kind() {
            return "code";
        }
    }

    /** Rows of cells under a row of headings. */
    record Table(String caption, List<String> head, List<Row> rows) implements Block {
        /** The cells of a row. */
        public record Row(List<Cell> cells) {
            public Row {
                cells = List.copyOf(cells);
            }
        }

        /** What stands in a cell. */
        public record Cell(List<Inline> text) {
            public Cell {
                text = List.copyOf(text);
            }
        }

        public Table {
            head = List.copyOf(head);
            rows = List.copyOf(rows);
        }

        @Override
        public String kind() {
            return "table";
        }
    }

    /** Lines, each with a dot. */
    record Listing(List<Table.Cell> items) implements Block {
        public Listing {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "listing";
        }
    }

    /** Something long that a reader may fold away. */
    record Fold(String summary, List<Block> blocks) implements Block {
        public Fold {
            blocks = List.copyOf(blocks);
        }

        @Override
        public String kind() {
            return "fold";
        }
    }

    /** Two things beside one another, where there is room. */
    record Beside(List<Block> left, List<Block> right) implements Block {
        public Beside {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }

        @Override
        public String kind() {
            return "beside";
        }
    }

    /** A thing with a frame of its own, as a claim with its verdict. */
    record Framed(String id, String style, List<Block> blocks) implements Block {
        public Framed {
            blocks = List.copyOf(blocks);
        }

        @Override
        public String kind() {
            return "framed";
        }
    }
}
