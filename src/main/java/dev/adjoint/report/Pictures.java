package dev.adjoint.report;

import dev.adjoint.report.figure.Draughtsman;
import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.figure.Figure;
import dev.adjoint.report.page.Block;
import java.util.ArrayList;
import java.util.List;

/** Figures as blocks of a page, numbered in order. */
final class Pictures {
    /** As wide as a figure may be that is printed in one piece. */
    private static final int WIDEST = 640;

    private int number;

    Block next(Figure figure) {
        number++;
        String id = "figure-" + number;
        List<Drawing> drawings = new ArrayList<>();
        for (int k = 0; k < figure.panels().size(); k++) {
            drawings.add(Draughtsman.draw(id + "-" + (k + 1), figure.panels().get(k)));
        }
        return new Block.Picture(
                id,
                "Figure " + number + ": " + figure.title(),
                figure.caption(),
                drawings,
                Draughtsman.draw(id, figure, WIDEST));
    }
}
