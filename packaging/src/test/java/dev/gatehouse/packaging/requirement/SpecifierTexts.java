package dev.gatehouse.packaging.requirement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes dependency specifiers and markers in usual, odd and impossible spellings. */
final class SpecifierTexts {
  private static final List<String> NAMES =
      List.of(
          "demo", "Demo", "a", "A.B_c-d", "zope.interface", "x1", "9lives", "-x", "x-", "é", "");
  private static final List<String> CLAUSES =
      List.of(
          "==1.0",
          ">=1",
          "<2",
          "~=1.4.2",
          "!=1.5",
          "==1.*",
          "===1.0-x",
          "== 1.0",
          "<=2!1.0",
          ">1.0rc1",
          "==1.0+local",
          ">=1.0+local",
          "~=1",
          "=1.0",
          "==",
          "1.0",
          "==1.0.*.1",
          "=>1");
  private static final List<String> ADDRESSES =
      List.of(
          "https://a.example/demo-1.0.tar.gz",
          "git+https://a.example/demo@v1#egg=demo",
          "file:///tmp/demo.whl",
          "https://a.example/x;y");
  private static final List<String> BLANKS = List.of("", "", "", " ", " ", "\t", "  ");
  private static final List<String> OPERATORS =
      List.of("==", "!=", "<=", ">=", "<", ">", "~=", "===", " in ", " not in ", " not  in ", "=");
  private static final List<String> VARIABLES =
      List.of(
          "python_version",
          "python_version",
          "python_full_version",
          "os_name",
          "os.name",
          "sys_platform",
          "sys.platform",
          "platform_release",
          "platform_system",
          "platform.version",
          "platform_machine",
          "platform.machine",
          "platform_python_implementation",
          "platform.python_implementation",
          "python_implementation",
          "implementation_name",
          "implementation_version",
          "extra",
          "extras",
          "dependency_groups",
          "python_versions",
          "platform");
  private static final List<String> VALUES =
      List.of(
          "3.9",
          "3.10",
          "3.12",
          "3",
          "3.*",
          "linux",
          "win32",
          "posix",
          "x86_64",
          "CPython",
          "cpython",
          "5.15.0-91-generic",
          "",
          "Test",
          "te_st",
          "3.9, 3.10",
          "1.0rc1");

  private final Random random;

  SpecifierTexts(long seed) {
    this.random = new Random(seed);
  }

  String requirement() {
    StringBuilder text = new StringBuilder(blank()).append(pick(NAMES)).append(blank());
    if (chance(30)) {
      text.append('[').append(blank()).append(extras()).append(blank()).append(']').append(blank());
    }
    if (chance(20)) {
      text.append('@').append(blank()).append(pick(ADDRESSES)).append(chance(80) ? " " : "");
    } else if (chance(80)) {
      boolean enclosed = chance(15);
      text.append(enclosed ? "(" : "").append(clauses()).append(enclosed && chance(95) ? ")" : "");
      text.append(blank());
    }
    if (chance(40)) {
      text.append(';').append(blank()).append(marker());
    }
    return chance(4) ? spoilt(text) : text.toString();
  }

  private String extras() {
    String first = pick(List.of("x", "Y_z", "a.b", "", "x"));
    return chance(40) ? first + blank() + (chance(95) ? "," : "") + blank() + "more" : first;
  }

  private String clauses() {
    StringBuilder text = new StringBuilder(blank()).append(pick(CLAUSES));
    while (chance(35)) {
      text.append(blank()).append(',').append(blank()).append(pick(CLAUSES));
    }
    return text.append(chance(5) ? "," : "").toString();
  }

  String marker() {
    String text = marker(2);
    return chance(4) ? spoilt(new StringBuilder(text)) : text;
  }

  private String marker(int depth) {
    StringBuilder text = new StringBuilder(atom(depth));
    while (chance(35)) {
      text.append(pick(List.of(" and ", " or ", "and ", " or"))).append(atom(depth));
    }
    return text.toString();
  }

  private String atom(int depth) {
    if (depth > 0 && chance(20)) {
      return blank() + "(" + blank() + marker(depth - 1) + blank() + ")";
    }
    String variable = pick(VARIABLES);
    String value = value();
    String operator = blank() + pick(OPERATORS) + blank();
    if (chance(3)) {
      return value + operator + value();
    }
    boolean set = variable.equals("extras") || variable.equals("dependency_groups");
    boolean reversed = set ? chance(95) : chance(20);
    return reversed ? value + operator + variable : variable + operator + value;
  }

  private String value() {
    String quote = chance(50) ? "'" : "\"";
    return quote + pick(VALUES) + (chance(99) ? quote : "");
  }

  MarkerEnvironment environment() {
    Map<MarkerVariable, String> values = new EnumMap<>(MarkerVariable.class);
    for (MarkerVariable variable : MarkerVariable.values()) {
      if (!variable.isSet()) {
        values.put(variable, pick(VALUES));
      }
    }
    values.put(MarkerVariable.PYTHON_VERSION, pick(List.of("3.9", "3.10", "3.12")));
    values.put(MarkerVariable.PYTHON_FULL_VERSION, pick(List.of("3.9.1", "3.12.0rc1")));
    values.put(MarkerVariable.EXTRA, pick(List.of("", "test", "te-st")));
    return new MarkerEnvironment(
        values, chance(50) ? Set.of("test") : Set.of(), chance(50) ? Set.of("te-st") : Set.of());
  }

  private String spoilt(StringBuilder text) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    if (chance(50) && !text.isEmpty()) {
      text.deleteCharAt(at);
    } else {
      text.insert(at, pick(List.of(";", ",", "(", ")", "]", "'", "\"", "@", "#", "x", " ")));
    }
    return text.toString();
  }

  private String blank() {
    return pick(BLANKS);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
