package dev.gatehouse.yaml;

/** A file is no YAML that can be read. The message is a clause that says why, with the line. */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for those who have more to say of it. */
  public enum Kind {
    /** It does not follow the grammar of YAML. */
    GRAMMAR,
    /** A key stands twice in a mapping. */
    REPEATED_KEY,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;
  private final String where;
  private final String why;

  /** Why, of the file as a whole. */
  public YamlException(String why) {
    this(Kind.OTHER, "", why);
  }

  /** Why, in a line of it, from 1. */
  YamlException(Kind kind, int line, String why) {
    this(kind, "line %d: ".formatted(line), why);
  }

  /** Why, in an unknown line of it. */
  YamlException(Kind kind, String why) {
    this(kind, "", why);
  }

  private YamlException(Kind kind, String where, String why) {
    super(where + why);
    this.kind = kind;
    this.where = where;
    this.why = why;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The beginning of the message, which says the line; empty where that is unknown. */
  public String where() {
    return where;
  }

  /** The message without the line. */
  public String why() {
    return why;
  }
}
