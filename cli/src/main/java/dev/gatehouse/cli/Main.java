package dev.gatehouse.cli;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name, and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Commands.of(System.getenv()).execute(args));
  }
}
