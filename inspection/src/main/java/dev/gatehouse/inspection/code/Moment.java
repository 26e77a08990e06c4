package dev.gatehouse.inspection.code;

/** When code runs, the soonest first. */
public enum Moment {
  /** Each time that any Python starts in the environment. */
  STARTUP("at every start of Python"),
  /** When the sdist is built or installed. */
  INSTALL("when it is built or installed"),
  /** When its module is imported. */
  IMPORT("when it is imported"),
  /** Only when something calls it. */
  CALL("when it is called");

  private final String text;

  Moment(String text) {
    this.text = text;
  }

  /** For the end of a sentence: "at every start of Python". */
  public String text() {
    return text;
  }

  /** Whether it runs without anybody calling it: at start-up, on install or on import. */
  public boolean isAutomatic() {
    return this != CALL;
  }
}
