package dev.adjoint.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random methods {@code void pK(double[] a, double[][] b, double[] w, double[][] out, int N, int M)}: loop nests with
 * guards, steps, locals, scratch arrays, accumulations, assignments, maxima and winners, pointers. Some read outside, some
 * depend on earlier iterations: those are to be refused.
 */
final class RandomPrograms {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    /** Index variables in scope, with the size below which they lie. */
    private final List<String[]> indices = new ArrayList<>();

    private final List<String> reals = new ArrayList<>();
    private final List<String> scratch = new ArrayList<>();
    private final List<String> winners = new ArrayList<>();
    private int fresh;
    private int depth;
    private int loops;

    RandomPrograms(long seed) {
        this.random = new Random(seed);
    }

    static String method(String name, long seed) {
        return new RandomPrograms(seed).program(name);
    }

    private String program(String name) {
        text.append("    static void ")
                .append(name)
                .append("(double[] a, double[][] b, double[] w, double[][] out, int N, int M) {\n");
        depth = 2;
        if (random.nextInt(3) == 0) {
            line("for (int z = 0; z < N; z++) java.util.Arrays.fill(out[z], " + pick("0", "1", "a[z]") + ");");
        }
        int parts = 1 + random.nextInt(3);
        for (int k = 0; k < parts; k++) {
            if (random.nextInt(3) == 0) {
                String tmp = "t" + fresh++;
                line("double[] " + tmp + " = new double[" + pick("N", "M") + "];");
                scratch.add(tmp);
            }
            loop();
        }
        text.append("    }\n");
        return text.toString();
    }

    private void line(String s) {
        text.append("    ".repeat(depth)).append(s).append('\n');
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private void loop() {
        loops++;
        String v = "ijklmnpqrsuvxyz".charAt(fresh % 15) + "" + fresh++;
        String size = pick("N", "M");
        String bound = size;
        String start = "0";
        if (!indices.isEmpty() && random.nextInt(4) == 0) {
            String[] outer = indices.get(random.nextInt(indices.size()));
            size = outer[1];
            bound = size;
            start = pick(outer[0], outer[0] + " + 1", "0");
            bound = start.equals("0") ? outer[0] + pick("", " + 1") : bound;
        }
        switch (random.nextInt(6)) {
            case 0 -> line("for (int " + v + " = " + bound + " - 1; " + v + " >= " + start + "; " + v + "--) {");
            case 1 -> line("for (int " + v + " = " + start + "; " + v + " < " + bound + "; " + v + " += 2) {");
            case 2 -> line("for (int " + v + " = " + start + "; " + v + " <= " + bound + " - 1; ++" + v + ") {");
            default -> line("for (int " + v + " = " + start + "; " + v + " < " + bound + "; " + v + "++) {");
        }
        indices.add(new String[] {v, size});
        int locals = reals.size();
        depth++;
        body();
        depth--;
        indices.remove(indices.size() - 1);
        while (reals.size() > locals) {
            reals.remove(reals.size() - 1);
        }
        line("}");
    }

    private void body() {
        int statements = 1 + random.nextInt(3);
        for (int k = 0; k < statements; k++) {
            statement();
        }
    }

    private void statement() {
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                if (loops < 6 && indices.size() < 3) {
                    loop();
                } else {
                    write();
                }
            }
            case 2 -> {
                line("if (" + condition() + ") {");
                depth++;
                write();
                depth--;
                if (random.nextBoolean()) {
                    line("} else {");
                    depth++;
                    write();
                    depth--;
                }
                line("}");
            }
            case 3 -> line("if (" + condition() + ") continue;");
            case 4 -> reduction();
            case 5 -> {
                String s = "s" + fresh++;
                line("double " + s + " = " + value() + ";");
                reals.add(s);
            }
            case 6 -> {
                if (!reals.isEmpty()) {
                    line(reals.get(random.nextInt(reals.size())) + pick(" += ", " = ", " -= ") + value() + ";");
                } else {
                    write();
                }
            }
            case 7 -> winner();
            case 8 -> pointer();
            default -> write();
        }
    }

    private void reduction() {
        String s = "s" + fresh++;
        String[] v = {"k" + fresh++, pick("N", "M")};
        String start = pick("0", "1", "a[0]");
        line("double " + s + " = " + start + ";");
        line("for (int " + v[0] + " = 0; " + v[0] + " < " + v[1] + "; " + v[0] + "++) {");
        indices.add(v);
        depth++;
        if (random.nextInt(3) == 0) {
            line("if (" + condition() + ") continue;");
        }
        switch (random.nextInt(4)) {
            case 0 -> line(s + " = Math.max(" + s + ", " + value() + ");");
            case 1 -> line(s + " = " + s + " + " + value() + ";");
            default -> line(s + " += " + value() + ";");
        }
        depth--;
        indices.remove(indices.size() - 1);
        line("}");
        reals.add(s);
    }

    private void winner() {
        String s = "best" + fresh;
        String w = "arg" + fresh++;
        String[] v = {"k" + fresh++, pick("N", "M")};
        boolean first = random.nextBoolean();
        String g = v[1].equals("N") ? "a[%s]" : "w[%s]";
        line("double " + s + " = " + (first ? g.formatted("0") : pick("Double.NEGATIVE_INFINITY", "-1")) + ";");
        line("int " + w + " = 0;");
        boolean down = random.nextInt(4) == 0;
        line(
                down
                        ? "for (int " + v[0] + " = " + v[1] + " - 1; " + v[0] + " >= 0; " + v[0] + "--) {"
                        : "for (int " + v[0] + " = " + pick("0", "1") + "; " + v[0] + " < " + v[1] + "; " + v[0]
                                + "++) {");
        depth++;
        String test = g.formatted(v[0]) + pick(" > ", " >= ", " > ") + s;
        if (random.nextInt(3) == 0) {
            test = "(" + v[0] + " % 2) == 0 && " + test;
        }
        line("if (" + test + ") { " + s + " = " + g.formatted(v[0]) + "; " + w + " = " + v[0] + "; }");
        depth--;
        line("}");
        reals.add(s);
        String target = v[1].equals("N") ? "out[" + w + "][" + index("M") + "]" : "out[" + index("N") + "][" + w + "]";
        line(target + pick(" += ", " += ", " = ") + value() + ";");
    }

    private void pointer() {
        String p = "p" + fresh++;
        String v = "k" + fresh++;
        line("int " + p + " = 0;");
        line("for (int " + v + " = 0; " + v + " < " + pick("N", "M") + "; " + v + "++) {");
        depth++;
        line("if (" + p + " < N) out[" + p + "][" + index("M") + "]" + pick(" += ", " = ") + value() + ";");
        line(pick(p + "++;", p + " += 2;", p + " = " + p + " + 1;"));
        depth--;
        line("}");
    }

    private void write() {
        String op = pick(" += ", " += ", " = ", " -= ");
        if (!scratch.isEmpty() && random.nextInt(3) == 0) {
            String t = scratch.get(random.nextInt(scratch.size()));
            String i = index(pick("N", "M"));
            line("if (" + i + " >= 0 && " + i + " < " + t + ".length) " + t + "[" + i + "]" + op + value() + ";");
            return;
        }
        if (random.nextInt(4) == 0) {
            String row = sum();
            line("if (" + row + " >= 0 && " + row + " < N) out[" + row + "][" + index("M") + "]" + op + value() + ";");
            return;
        }
        line("out[" + index("N") + "][" + index("M") + "]" + op + value() + ";");
    }

    private String sum() {
        String x = indices.get(random.nextInt(indices.size()))[0];
        String y = indices.get(random.nextInt(indices.size()))[0];
        return pick(x + " + " + y, x + " - " + y, "2 * " + x + " - " + y, x + " + 1", x + " / 2", x + " - 1");
    }

    /** An index below a size, from what is in scope. */
    private String index(String size) {
        List<String> fit = new ArrayList<>();
        for (String[] each : indices) {
            if (each[1].equals(size)) {
                fit.add(each[0]);
                fit.add(size + " - 1 - " + each[0]);
                fit.add(each[0] + " / 2");
            }
        }
        fit.add("0");
        return fit.get(random.nextInt(fit.size()));
    }

    private String condition() {
        String x = indices.get(random.nextInt(indices.size()))[0];
        String y = indices.get(random.nextInt(indices.size()))[0];
        return pick(
                x + " < " + y,
                x + " != " + y,
                "(" + x + " + " + y + ") % 2 == 0",
                x + " % 2 != 0",
                x + " >= 1",
                x + " == " + y + " || " + x + " > 1",
                "a[0] > w[" + index("M") + "]",
                "a[" + index("N") + "] >= 0",
                "!(" + x + " + 1 < " + y + ")");
    }

    private String value() {
        String left = atom();
        return switch (random.nextInt(5)) {
            case 0 -> left;
            case 1 -> left + " + " + atom();
            case 2 -> "(" + condition() + " ? " + left + " : " + atom() + ")";
            case 3 -> left + " - " + atom();
            default -> left + " * " + atom();
        };
    }

    private String atom() {
        if (!reals.isEmpty() && random.nextInt(3) == 0) {
            return reals.get(random.nextInt(reals.size()));
        }
        if (!scratch.isEmpty() && random.nextInt(4) == 0) {
            String t = scratch.get(random.nextInt(scratch.size()));
            String i = index(pick("N", "M"));
            return "(" + i + " < " + t + ".length ? " + t + "[" + i + "] : 0)";
        }
        return switch (random.nextInt(6)) {
            case 0 -> "a[" + index("N") + "]";
            case 1 -> "w[" + index("M") + "]";
            case 2 -> "b[" + index("N") + "][" + index("M") + "]";
            case 3 -> pick("2", "3", "1");
            case 4 -> indices.get(random.nextInt(indices.size()))[0];
            default -> "b[" + index("N") + "][" + index("M") + "]";
        };
    }
}
