package dev.adjoint.report;

import dev.adjoint.emit.SourceFile;
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
     * Every page in the folder of its package, as {@code adjoint/conv/Conv2d.html}, in the order of the layers; after
     * them the page of their spec, if it says something as a whole; of HTML and Markdown an index over all as well.
     */
    public static List<SourceFile> all(List<SpecReport> specs, Format format) {
        Set<String> taken = new HashSet<>(Set.of(INDEX));
        List<SourceFile> files = new ArrayList<>();
        List<IndexPage.Entry> entries = new ArrayList<>();
        for (SpecReport spec : specs) {
            List<String> names = new ArrayList<>();
            for (LayerReport layer : spec.layers()) {
                String name = name(layer.layer().packageName(), layer.layer().name(), taken);
                names.add(name);
                add(LayerPage.of(layer, home(name, format), base(name)), name, format, files);
            }
            List<String> paths =
                    names.stream().map(n -> n + "." + format.ending).toList();
            String whole = "";
            if (spec.isWhole()) {
                String name = name(spec.packageName(), spec.title(), taken);
                String up = "../".repeat(depth(name));
                List<String> there = paths.stream().map(p -> up + p).toList();
                add(SpecPage.of(spec, home(name, format), base(name), there), name, format, files);
                whole = name + "." + format.ending;
            }
            entries.add(new IndexPage.Entry(spec, whole, paths));
        }
        if (format != Format.LATEX) {
            files.add(new SourceFile(INDEX + "." + format.ending, format.print(IndexPage.of(entries))));
        }
        return List.copyOf(files);
    }

    private static void add(Page page, String name, Format format, List<SourceFile> files) {
        files.add(new SourceFile(name + "." + format.ending, format.print(page)));
        if (format == Format.MARKDOWN) {
            figures(page.blocks(), name, files);
        }
    }

    private static int depth(String name) {
        return (int) name.chars().filter(c -> c == '/').count();
    }

    private static String home(String name, Format format) {
        return "../".repeat(depth(name)) + INDEX + "." + format.ending;
    }

    private static String base(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static void figures(List<Block> blocks, String name, List<SourceFile> files) {
        for (Block block : blocks) {
            if (block instanceof Block.Picture picture) {
                files.add(new SourceFile(name + "-" + picture.id() + ".svg", Svg.file(picture.whole())));
            }
        }
    }

    /** Distinct, also where a file system does not tell cases apart. */
    private static String name(String packageName, String title, Set<String> taken) {
        String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        String name = folder + title;
        for (int k = 2; !taken.add(name.toLowerCase(Locale.ROOT)); k++) {
            name = folder + title + "-" + k;
        }
        return name;
    }
}
