package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where sentences end, and which comments begin with a title. */
class ProseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "One. Two. | One.",
                "One | One",
                "Rectifier (He et al. 2015). More. | Rectifier (He et al. 2015).",
                "With the slope of Howard et al. (2019). More. | With the slope of Howard et al. (2019).",
                "The slope is 0.5 there. More. | The slope is 0.5 there."
            })
    void aSummaryIsTheFirstSentence(String doc, String summary) {
        assertThat(Prose.summary(doc)).isEqualTo(summary);
    }

    @Test
    void aTitleStandsBeforeAColon() {
        String doc = "Backpropagation in\nnetworks: the argument, in its\norder. More: there is.";
        assertThat(Prose.title(doc)).isEqualTo("Backpropagation in networks");
        assertThat(Prose.rest(doc)).isEqualTo("The argument, in its\norder. More: there is.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"No colon at all.", "A sentence. Then: a colon.", "An address, http://b", "Ends in a colon:"})
    void whatIsNoTitleIsLeftAlone(String doc) {
        assertThat(Prose.title(doc)).isEmpty();
        assertThat(Prose.rest(doc)).isEqualTo(doc);
    }
}
