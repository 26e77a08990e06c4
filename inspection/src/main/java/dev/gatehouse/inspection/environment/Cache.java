package dev.gatehouse.inspection.environment;

/**
 * A folder in which an installer keeps artifacts: it outlives an uninstall, and the next
 * installation takes from it.
 *
 * @param path in the tree
 */
public record Cache(Kind kind, String path) {
  /** Whose it is. */
  public enum Kind {
    PIP("pip", "pip cache purge"),
    UV("uv", "uv cache clean"),
    POETRY("Poetry", "poetry cache clear --all .");

    private final String text;
    private final String cleaning;

    Kind(String text, String cleaning) {
      this.text = text;
      this.cleaning = cleaning;
    }

    /** As people call it. */
    public String text() {
      return text;
    }

    /** The command that empties it. */
    public String cleaning() {
      return cleaning;
    }
  }
}
