package dev.adjoint.cli;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be understood: what is wrong, what was probably meant, where help is. */
final class Usage {
    private Usage() {}

    static int report(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        String help = "Try: " + command.getCommandSpec().qualifiedName() + " --help";
        if (wantsJson(args)) {
            Diagnostic diagnostic = Diagnostic.error("U001", null, String.valueOf(wrong.getMessage()))
                    .help(help);
            command.getOut().print(Json.print(Common.document(Common.BAD_INPUT, List.of(diagnostic))));
            command.getOut().flush();
        } else {
            PrintWriter err = command.getErr();
            err.println(command.getColorScheme().errorText("error: " + wrong.getMessage()));
            UnmatchedArgumentException.printSuggestions(wrong, err);
            err.println(help);
        }
        return Common.BAD_INPUT;
    }

    /** What a machine asked for it gets, though the rest of what it said was not understood. */
    private static boolean wantsJson(String[] args) {
        String line = String.join(" ", args).toLowerCase(Locale.ROOT);
        return line.matches("(.* )?--format[ =]json( .*)?");
    }
}
