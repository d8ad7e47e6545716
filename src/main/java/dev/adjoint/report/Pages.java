package dev.adjoint.report;

import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Layer;
import dev.adjoint.report.page.Block;
import dev.adjoint.report.page.Html;
import dev.adjoint.report.page.Markdown;
import dev.adjoint.report.page.Page;
import dev.adjoint.report.page.Svg;
import dev.adjoint.report.page.Tex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The pages of layers, in one of the formats in which they are printed. */
public final class Pages {
    private static final String INDEX = "index";

    /** How pages are printed. */
    public enum Format {
        /** One file a layer, figures in it, that needs no other file and no network. */
        HTML("html"),
        /** One file a layer, figures in it, that compiles by itself. */
        LATEX("tex"),
        /** One file a layer, and one for each of its figures. */
        MARKDOWN("md");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }

        /** What the names of files end with, without the dot. */
        public String ending() {
            return ending;
        }

        private String print(Page page) {
            return switch (this) {
                case HTML -> Html.print(page);
                case LATEX -> Tex.print(page);
                case MARKDOWN -> Markdown.print(page);
            };
        }
    }

    private Pages() {}

    /** One page, with no file beside it: in Markdown its figures are captions. */
    public static String page(LayerReport report, Format format) {
        return format.print(LayerPage.of(report, "", ""));
    }

    /**
     * Every page in the folder of its package, as {@code adjoint/conv/Conv2d.html}, in the order of the layers; of HTML
     * and Markdown an index over all of them as well.
     */
    public static List<SourceFile> all(List<LayerReport> reports, Format format) {
        List<String> names = names(reports.stream().map(LayerReport::layer).toList());
        List<SourceFile> files = new ArrayList<>();
        for (int k = 0; k < reports.size(); k++) {
            String name = names.get(k);
            String home = "../".repeat((int) name.chars().filter(c -> c == '/').count()) + INDEX + "." + format.ending;
            String base = name.substring(name.lastIndexOf('/') + 1);
            Page page = LayerPage.of(reports.get(k), home, base);
            files.add(new SourceFile(name + "." + format.ending, format.print(page)));
            if (format == Format.MARKDOWN) {
                figures(page.blocks(), name, files);
            }
        }
        if (format != Format.LATEX) {
            List<String> paths =
                    names.stream().map(n -> n + "." + format.ending).toList();
            files.add(new SourceFile(INDEX + "." + format.ending, format.print(IndexPage.of(reports, paths))));
        }
        return List.copyOf(files);
    }

    private static void figures(List<Block> blocks, String name, List<SourceFile> files) {
        for (Block block : blocks) {
            if (block instanceof Block.Picture picture) {
                files.add(new SourceFile(name + "-" + picture.id() + ".svg", Svg.file(picture.whole())));
            }
        }
    }

    /** Distinct, also where a file system does not tell cases apart. */
    private static List<String> names(List<Layer> layers) {
        Set<String> taken = new HashSet<>(Set.of(INDEX));
        List<String> names = new ArrayList<>();
        for (Layer layer : layers) {
            String folder =
                    layer.packageName().isEmpty() ? "" : layer.packageName().replace('.', '/') + "/";
            String name = folder + layer.name();
            for (int k = 2; !taken.add(name.toLowerCase(Locale.ROOT)); k++) {
                name = folder + layer.name() + "-" + k;
            }
            names.add(name);
        }
        return names;
    }
}
