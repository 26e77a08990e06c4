package dev.gatehouse.samples.incident;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every way that is known to have Python, or a tool for it, run code that nobody asked for; each
 * with a payload that does nothing.
 *
 * <p>One is missing: a {@code .pth} that is a symbolic link. The builder of wheels makes no links.
 */
public final class StartupEvasions {
  private StartupEvasions() {}

  /** Those that take effect somewhere: in some version, on some system, with some tool. */
  public static List<Evasion> all() {
    return Stream.of(
            PthEvasions.lines(),
            PthEvasions.places(),
            PthEvasions.starts(),
            PthEvasions.disguises(),
            InterpreterEvasions.customizations(),
            InterpreterEvasions.configurations(),
            InterpreterEvasions.variables(),
            ImportEvasions.modules(),
            ImportEvasions.commands(),
            ImportEvasions.entryPoints(),
            ToolEvasions.environment(),
            ToolEvasions.openedFolders(),
            ToolEvasions.builds())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that look alike and take effect nowhere, so that finding them is a false alarm. */
  public static List<Evasion> inert() {
    return PthEvasions.inert();
  }
}
