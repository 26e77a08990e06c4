package dev.gatehouse.cli.outcome;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How each command of a program ends when it does not end well, and how wide its help is. */
public final class Endings {
  private Endings() {}

  /** Sets them for a program with all its commands. */
  public static CommandLine of(CommandLine program) {
    program.setExecutionExceptionHandler((e, command, _) -> failed(e, command));
    program.setParameterExceptionHandler((e, _) -> misused(e));
    program.setUsageHelpWidth(100);
    program.setUsageHelpAutoWidth(false);
    return program;
  }

  /** The one place where what went wrong becomes an exit code. */
  private static int failed(Exception e, CommandLine command) throws Exception {
    if (e instanceof CommandFailure failure) {
      command.getErr().println(failure.getMessage());
      return failure.exitCode().code();
    }
    // Nobody foresaw it: the trace is for whoever mends it.
    command
        .getErr()
        .println(
            "Gatehouse failed in a way that it should not; please report it with what follows.");
    e.printStackTrace(command.getErr());
    return ExitCode.INCOMPLETE.code();
  }

  /** One line for what is wrong, one for where to look it up. */
  private static int misused(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(firstLine(e));
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USE.code();
  }

  private static String firstLine(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("The command line is wrong.");
  }
}
