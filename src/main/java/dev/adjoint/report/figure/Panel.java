package dev.adjoint.report.figure;

import java.util.List;

/**
 * Planes beside one another that belong together.
 *
 * @param title what it shows
 * @param description the same in full, for who does not see it
 * @param joints what stands between one plane and the next, as {@code →}
 */
public record Panel(String title, String description, List<Grid> grids, List<String> joints) {
    public Panel {
        grids = List.copyOf(grids);
        joints = List.copyOf(joints);
        if (joints.size() != grids.size() - 1) {
            throw new IllegalArgumentException(joints.size() + " joints of " + grids.size() + " planes");
        }
    }
}
