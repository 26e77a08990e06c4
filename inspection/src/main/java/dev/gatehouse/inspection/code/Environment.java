package dev.gatehouse.inspection.code;

import java.util.Set;

/** {@code os.environ}: one variable of it, or all of them. */
final class Environment {
  private static final Set<String> HOMES =
      Set.of("HOME", "USERPROFILE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME");
  private static final Set<String> TEMPORARY = Set.of("TMPDIR", "TEMP", "TMP");

  private Environment() {}

  static Value variable(Value key) {
    String name = Value.shown(key);
    if (HOMES.contains(name)) {
      return Value.text("~");
    }
    if (TEMPORARY.contains(name)) {
      return new Value.Text("/tmp", Marks.of(Mark.TEMPORARY));
    }
    return Value.UNKNOWN;
  }

  /** Whether a value is the environment itself. */
  static boolean isWhole(Value value) {
    return value instanceof Value.Reference reference && reference.name().equals("os.environ");
  }
}
