package dev.gatehouse.packaging.requirement;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a project needs of another: {@code httpx[http2]>=0.27; python_version >= "3.9"}, or an
 * artifact at an address: {@code demo @ https://example.com/demo-1.0-py3-none-any.whl}.
 *
 * @param writtenName the name as it was spelled
 * @param extras normalised (PEP 685), in order
 * @param specifiers empty where any version is meant, or an address is given
 * @param address null where the project is asked of an index; not checked to be an address
 * @param marker null where it counts everywhere
 */
public record DependencySpecifier(
    ProjectName project,
    String writtenName,
    Set<String> extras,
    SpecifierSet specifiers,
    @Nullable String address,
    @Nullable Marker marker) {
  /** The longest of the wheels of our corpus has 182 characters. */
  static final int LONGEST = 32_768;

  private static final SpecifierSet ANY = SpecifierSet.parse("");

  /** Takes a copy. */
  public DependencySpecifier {
    extras = Collections.unmodifiableSet(new TreeSet<>(extras));
  }

  /**
   * Reads one specifier.
   *
   * @throws MalformedException where it is none, or is longer than 32,768 characters
   */
  public static DependencySpecifier parse(String text) {
    Scanner in = new Scanner(text, LONGEST);
    in.blanks();
    String name = in.name("the name of a project");
    ProjectName project = ProjectName.parse(name);
    in.blanks();
    Set<String> extras = extras(in);
    in.blanks();
    if (in.accept("@")) {
      in.blanks();
      String address = in.take(c -> c != ' ' && c != '\t');
      if (address.isEmpty()) {
        throw in.expected("an address after '@'");
      }
      boolean apart = in.blanks();
      return new DependencySpecifier(
          project, name, extras, ANY, address, marker(in, apart, "';' after a blank"));
    }
    SpecifierSet specifiers = specifiers(in);
    in.blanks();
    return new DependencySpecifier(
        project,
        name,
        extras,
        specifiers,
        null,
        marker(in, true, "a version specifier (==1.2), ',', ';'"));
  }

  /** Reads one specifier; empty where {@link #parse} would throw. */
  public static Optional<DependencySpecifier> parseIfValid(String text) {
    try {
      return Optional.of(parse(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static Set<String> extras(Scanner in) {
    Set<String> extras = new TreeSet<>();
    if (!in.accept("[")) {
      return extras;
    }
    in.blanks();
    if (!in.accept("]")) {
      do {
        in.blanks();
        extras.add(ProjectName.parse(in.name("the name of an extra")).normalized());
        in.blanks();
      } while (in.accept(","));
      if (!in.accept("]")) {
        throw in.expected("',' or ']' after an extra");
      }
    }
    return extras;
  }

  private static SpecifierSet specifiers(Scanner in) {
    boolean enclosed = in.accept("(");
    in.blanks();
    List<String> clauses = new ArrayList<>();
    while (isOperator(in.peek())) {
      clauses.add(clause(in));
      in.blanks();
      if (!in.accept(",")) {
        break;
      }
      in.blanks();
    }
    if (enclosed && !in.accept(")")) {
      throw in.expected("a version specifier (==1.2) or ')'");
    }
    return SpecifierSet.parse(String.join(",", clauses));
  }

  private static boolean isOperator(int c) {
    return c == '=' || c == '<' || c == '>' || c == '~' || c == '!';
  }

  private static String clause(Scanner in) {
    String operator = in.take(DependencySpecifier::isOperator);
    in.blanks();
    // What === compares with may hold a comma; the set takes it for its own again, as pip does.
    boolean arbitrary = operator.equals("===");
    return operator + in.take(c -> isVersionText(c) || (arbitrary && c == ','));
  }

  private static boolean isVersionText(int c) {
    return c != ' ' && c != '\t' && c != ',' && c != ';' && c != ')';
  }

  private static @Nullable Marker marker(Scanner in, boolean allowed, String expected) {
    if (in.atEnd()) {
      return null;
    }
    if (!allowed || !in.accept(";")) {
      throw in.expected(expected + " or the end");
    }
    return new MarkerParser(in).whole();
  }

  /** The specifier in its usual form, with the name as it was spelled. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(writtenName);
    if (!extras.isEmpty()) {
      text.append(extras.stream().collect(Collectors.joining(",", "[", "]")));
    }
    text.append(specifiers);
    if (address != null) {
      text.append(" @ ").append(address);
    }
    if (marker != null) {
      text.append(address == null ? "; " : " ; ").append(marker);
    }
    return text.toString();
  }
}
