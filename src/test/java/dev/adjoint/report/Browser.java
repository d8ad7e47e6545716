package dev.adjoint.report;

import dev.adjoint.cli.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, driven through its DevTools protocol with what the JDK has. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final List<Map<String, Object>> events = new ArrayList<>();
    private String session = "";
    private int calls;

    private Browser(Process process, Path profile, String address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener(inbox))
                .join();
    }

    /** The browser of this machine; empty if it has none. */
    static Optional<Path> installed() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path executable) throws IOException {
        Path profile = Files.createTempDirectory("adjoint-browser");
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("ws://")) {
                drain(said);
                return new Browser(
                        process, profile, line.substring(line.indexOf("ws://")).strip());
            }
        }
        throw new IOException("the browser said no address");
    }

    /** What nobody reads would in the end block the browser. */
    private static void drain(BufferedReader said) {
        Thread thread = new Thread(() -> said.lines().forEach(line -> {}));
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a page in the one tab there is, and waits until it is loaded. */
    void open(Path page, int width, boolean dark) {
        if (session.isEmpty()) {
            Map<String, Object> target = call("Target.createTarget", Map.of("url", "about:blank"));
            Map<String, Object> attached =
                    call("Target.attachToTarget", Map.of("targetId", target.get("targetId"), "flatten", true));
            session = (String) attached.get("sessionId");
            for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
                call(domain + ".enable", Map.of());
            }
        }
        width(width);
        colors(dark);
        call("Log.clear", Map.of());
        events.clear();
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        until("Page.loadEventFired");
    }

    void colors(boolean dark) {
        Map<String, Object> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    void width(int width) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Everything that was said about the page since it was opened: errors, messages, requests. */
    List<Map<String, Object>> events() {
        evaluate("0");
        return List.copyOf(events);
    }

    /** The value of an expression of JavaScript that gives numbers, texts, or lists and objects of these. */
    Object evaluate(String expression) {
        Map<String, Object> answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException("the browser cannot evaluate: " + answer.get("exceptionDetails"));
        }
        return map(answer.get("result")).get("value");
    }

    /** The whole page as a picture. */
    byte[] picture() {
        double height = ((Number) evaluate("document.documentElement.scrollHeight")).doubleValue();
        double width = ((Number) evaluate("window.innerWidth")).doubleValue();
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        return Base64.getDecoder().decode((String)
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                        .get("data"));
    }

    byte[] pdf() {
        return Base64.getDecoder()
                .decode((String) call("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", false))
                        .get("data"));
    }

    private Map<String, Object> call(String method, Map<String, ?> parameters) {
        int id = ++calls;
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(dev.adjoint.diagnostic.Json.print(message), true).join();
        while (true) {
            Map<String, Object> answer = next();
            if (Integer.valueOf(id).doubleValue() == ((Number) answer.getOrDefault("id", -1)).doubleValue()) {
                if (answer.containsKey("error")) {
                    throw new IllegalStateException(method + ": " + answer.get("error"));
                }
                return map(answer.get("result"));
            }
            events.add(answer);
        }
    }

    private void until(String method) {
        while (events.stream().noneMatch(e -> method.equals(e.get("method")))) {
            events.add(next());
        }
    }

    private Map<String, Object> next() {
        try {
            String message = inbox.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new IllegalStateException("the browser says nothing");
            }
            return map(JsonReader.read(message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> inbox;
        private final StringBuilder message = new StringBuilder();

        Listener(BlockingQueue<String> inbox) {
            this.inbox = inbox;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                inbox.add(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
