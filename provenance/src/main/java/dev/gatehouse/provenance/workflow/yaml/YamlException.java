package dev.gatehouse.provenance.workflow.yaml;

/** A file is no YAML that can be read. The message is a clause that says why, with the line. */
public final class YamlException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public YamlException(String message) {
    super(message);
  }
}
