package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an upload presents.
 *
 * @param name of the variable, option or input that holds it
 * @param secrets the names of the secrets that it is made of
 * @param path of the file where it stands
 * @param line from 1
 */
record Credential(Kind kind, String name, List<String> secrets, String path, int line) {
  private static final Pattern SECRET =
      Pattern.compile("secrets\\.([A-Za-z_][A-Za-z0-9_-]*)|secrets\\[\\s*'([^']{1,100})'\\s*\\]");
  private static final Pattern UPLOAD_SECRET =
      Pattern.compile(".*(PYPI|TWINE|UV_PUBLISH).*", Pattern.CASE_INSENSITIVE);

  Credential {
    secrets = List.copyOf(secrets);
  }

  /** Where it comes from. */
  enum Kind {
    /** A secret of the repository, organisation or environment. */
    SECRET,
    /** Its value stands there. */
    LITERAL,
    /** A step made it, as the exchange of an identity does. */
    MADE,
    /** An input of a reusable workflow or an action. */
    INPUT,
    /** The job's own, which ends with the job: {@code CI_JOB_TOKEN}, {@code GITHUB_TOKEN}. */
    OF_JOB
  }

  /** Of an expression or text. */
  static Credential of(String name, String value, String path, int line) {
    return new Credential(kind(value), name, secrets(value), path, line);
  }

  /** What the settings of a project hold, GitLab's way: a variable that the file sets nowhere. */
  Credential inSettings(String variable) {
    return new Credential(Kind.SECRET, name, List.of(variable), path, line);
  }

  private static Kind kind(String value) {
    if (value.contains("CI_JOB_TOKEN")
        || value.contains("GITHUB_TOKEN")
        || value.contains("github.token")) {
      return Kind.OF_JOB;
    }
    if (SECRET.matcher(value).find()) {
      return Kind.SECRET;
    }
    if (value.contains("inputs.")) {
      return Kind.INPUT;
    }
    if (value.contains("${{") || value.contains("$(") || value.contains("`")) {
      return Kind.MADE;
    }
    // A variable that is set nowhere in the file: GitLab's settings hold it, or a step made it.
    return value.contains("$") ? Kind.MADE : Kind.LITERAL;
  }

  /** The names of the secrets in a text, {@code GITHUB_TOKEN} aside. */
  static List<String> secrets(String text) {
    List<String> names = new ArrayList<>();
    SECRET
        .matcher(text)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .filter(name -> !name.toUpperCase(Locale.ROOT).equals("GITHUB_TOKEN"))
        .forEach(names::add);
    return names;
  }

  /** Whether a secret of this name is for uploads, by what people call them. */
  static boolean isForUploads(String secret) {
    return UPLOAD_SECRET.matcher(secret).matches();
  }

  /** Whether it outlives the job. */
  boolean lasts() {
    return switch (kind) {
      case SECRET, LITERAL, INPUT -> true;
      case MADE, OF_JOB -> false;
    };
  }

  /** For people: the secret's name, or where it stands; never its value. */
  String shown() {
    return switch (kind) {
      case SECRET -> "the secret " + String.join(", ", secrets);
      case LITERAL -> "the value in " + name;
      case INPUT -> "the input of " + name;
      case MADE -> "what a step made, in " + name;
      case OF_JOB -> "the job's own token";
    };
  }
}
