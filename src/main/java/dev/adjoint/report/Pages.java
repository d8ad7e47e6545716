package dev.adjoint.report;

import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Layer;
import dev.adjoint.report.page.Html;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The pages of many layers: one file a layer, in the folder of its package, and an index over all of them. */
public final class Pages {
    private static final String INDEX = "index.html";

    private Pages() {}

    /** One page, without an index to go back to. */
    public static String html(LayerReport report) {
        return Html.print(LayerPage.of(report, ""));
    }

    /** Every page as {@code adjoint/conv/Conv2d.html}, in the order of the layers, and {@code index.html}. */
    public static List<SourceFile> html(List<LayerReport> reports) {
        List<String> paths = paths(reports.stream().map(LayerReport::layer).toList());
        List<SourceFile> files = new ArrayList<>();
        for (int k = 0; k < reports.size(); k++) {
            String path = paths.get(k);
            String home = "../".repeat((int) path.chars().filter(c -> c == '/').count()) + INDEX;
            files.add(new SourceFile(path, Html.print(LayerPage.of(reports.get(k), home))));
        }
        files.add(new SourceFile(INDEX, Html.print(IndexPage.of(reports, paths))));
        return List.copyOf(files);
    }

    /** Distinct, also where a file system does not tell cases apart. */
    private static List<String> paths(List<Layer> layers) {
        Set<String> taken = new HashSet<>(Set.of(INDEX));
        List<String> paths = new ArrayList<>();
        for (Layer layer : layers) {
            String folder =
                    layer.packageName().isEmpty() ? "" : layer.packageName().replace('.', '/') + "/";
            String path = folder + layer.name() + ".html";
            for (int k = 2; !taken.add(path.toLowerCase(Locale.ROOT)); k++) {
                path = folder + layer.name() + "-" + k + ".html";
            }
            paths.add(path);
        }
        return paths;
    }
}
