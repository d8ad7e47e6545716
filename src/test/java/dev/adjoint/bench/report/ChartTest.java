package dev.adjoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Ratios as SVG. */
class ChartTest {
    @Test
    void everyRatioIsADotThatSaysWhatItIs() throws Exception {
        Document chart = parse(Chart.svg(SomeResults.some()));
        assertThat(texts(chart, "title"))
                .containsExactly("vector, E forward: 4.00", "libtorch, E input: 0.50", "vector, relu forward: 0.50");
    }

    /** The axis is logarithmic: as far from 1 to 4 as from 4 to … four times that, and the marks tell. */
    @Test
    void dotsStandAtTheLogarithm() throws Exception {
        Document chart = parse(Chart.svg(SomeResults.some()));
        List<Double> dots = dots(chart);
        Map<String, Double> marks = marks(chart);
        assertThat(dots.get(0)).isCloseTo(2 * marks.get("2") - marks.get("1"), within(0.2));
        assertThat(dots.get(1)).isCloseTo(marks.get("0.5"), within(0.2));
    }

    @Test
    void theAxisReachesBeyondAllRatios() throws Exception {
        assertThat(marks(parse(Chart.svg(SomeResults.some()))).keySet()).containsExactly("0.5", "1", "2", "5");
    }

    @Test
    void textIsEscaped() throws Exception {
        assertThat(texts(parse(Chart.svg(SomeResults.some())), "text"))
                .contains("mvn -q test-compile exec:exec@bench -Dbench=\"--quick\"");
    }

    @Test
    void nothingMeasuredIsAnEmptyChart() throws Exception {
        Results none = new Results(SomeResults.circumstances(), List.of(), Map.of(), "onednn", new LinkedHashMap<>());
        assertThat(dots(parse(Chart.svg(none)))).isEmpty();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document document, String element) {
        return elements(document, element).stream().map(Element::getTextContent).toList();
    }

    /** The dots of the rows: those that have a title. */
    private static List<Double> dots(Document document) {
        return elements(document, "circle").stream()
                .filter(c -> c.getElementsByTagName("title").getLength() > 0)
                .map(c -> Double.valueOf(c.getAttribute("cx")))
                .toList();
    }

    private static Map<String, Double> marks(Document document) {
        Map<String, Double> marks = new LinkedHashMap<>();
        for (Element text : elements(document, "text")) {
            if (text.getAttribute("text-anchor").equals("middle")) {
                marks.put(text.getTextContent(), Double.valueOf(text.getAttribute("x")));
            }
        }
        return marks;
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int k = 0; k < nodes.getLength(); k++) {
            elements.add((Element) nodes.item(k));
        }
        return elements;
    }
}
