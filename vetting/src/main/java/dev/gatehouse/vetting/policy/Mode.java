package dev.gatehouse.vetting.policy;

/** What becomes of an artifact that no rule names. */
public enum Mode {
  /** It is admitted; only what a rule denies is refused. What would be held otherwise is said. */
  OBSERVE("observe", "admits all but what is denied"),
  /** It is admitted once its evidence gives no reason against it. */
  VETTED("vetted", "admits only what was vetted"),
  /** It is refused; only what a rule allows is admitted. */
  ALLOWLIST("allowlist", "admits only what is allowed");

  private final String text;
  private final String meaning;

  Mode(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** The word of the configuration file. */
  public String text() {
    return text;
  }

  /** What the mode does, in a few words for a person. */
  public String meaning() {
    return meaning;
  }
}
