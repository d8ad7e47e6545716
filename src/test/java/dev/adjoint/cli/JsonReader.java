package dev.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Strict JSON read into maps, lists, strings, doubles, booleans and null. */
public final class JsonReader {
    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    public static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.space();
        if (reader.at != text.length()) {
            throw reader.wrong("the end");
        }
        return value;
    }

    /** The names of all members, at whatever depth. */
    static Set<String> names(Object value) {
        Set<String> names = new TreeSet<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                names.add((String) name);
                names.addAll(names(member));
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> names.addAll(names(element)));
        }
        return names;
    }

    private Object value() {
        space();
        if (skip("{")) {
            return object();
        }
        if (skip("[")) {
            return list();
        }
        if (skip("\"")) {
            return string();
        }
        if (skip("true")) {
            return true;
        }
        if (skip("false")) {
            return false;
        }
        if (skip("null")) {
            return null;
        }
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (!text.substring(start, at).matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw wrong("a value");
        }
        return Double.valueOf(text.substring(start, at));
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        space();
        if (skip("}")) {
            return map;
        }
        do {
            space();
            expect("\"");
            String name = string();
            space();
            expect(":");
            if (map.containsKey(name)) {
                throw wrong("a new name, not " + name + " again");
            }
            map.put(name, value());
            space();
        } while (skip(","));
        expect("}");
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        space();
        if (skip("]")) {
            return list;
        }
        do {
            list.add(value());
            space();
        } while (skip(","));
        expect("]");
        return list;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        while (!skip("\"")) {
            char c = next();
            if (c < ' ') {
                throw wrong("no control character");
            }
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escaped = next();
            int simple = "\"\\/bfnrt".indexOf(escaped);
            if (simple >= 0) {
                string.append("\"\\/\b\f\n\r\t".charAt(simple));
            } else if (escaped == 'u') {
                string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                throw wrong("an escape");
            }
        }
        return string.toString();
    }

    private char next() {
        if (at == text.length()) {
            throw wrong("more");
        }
        return text.charAt(at++);
    }

    private void space() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(String word) {
        boolean found = text.startsWith(word, at);
        at += found ? word.length() : 0;
        return found;
    }

    private void expect(String word) {
        if (!skip(word)) {
            throw wrong(word);
        }
    }

    private AssertionError wrong(String expected) {
        return new AssertionError("no JSON: expected " + expected + " at " + at + " of\n" + text);
    }
}
