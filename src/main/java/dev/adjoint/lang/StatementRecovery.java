package dev.adjoint.lang;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * Skips what is no statement up to the next one, before the first statement of a block as between any two; by default
 * the whole block would be given up there.
 */
final class StatementRecovery extends DefaultErrorStrategy {
    @Override
    public void sync(Parser parser) throws RecognitionException {
        ATNState state = parser.getATN().states.get(parser.getState());
        boolean entry = state.getStateType() == ATNState.STAR_LOOP_ENTRY
                && (state.ruleIndex == LayerParser.RULE_layer || state.ruleIndex == LayerParser.RULE_file);
        int next = parser.getInputStream().LA(1);
        IntervalSet wanted = parser.getATN().nextTokens(state);
        boolean fits = wanted.contains(next) || wanted.contains(Token.EPSILON);
        if (!entry || fits || inErrorRecoveryMode(parser) || SyntaxErrors.isStart(next)) {
            super.sync(parser);
            return;
        }
        reportUnwantedToken(parser);
        IntervalSet until = parser.getExpectedTokens();
        consumeUntil(parser, until.or(getErrorRecoverySet(parser)));
    }
}
