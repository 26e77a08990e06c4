package dev.gatehouse.comparison.match;

/** What a file of an artifact is to the source. */
public enum FileClass {
  /** The same bytes at the place where the source has it. */
  IDENTICAL("identical"),
  /** Made by the build, and shown by its content to be what the build makes. */
  GENERATED("generated and proved"),
  /** Of the {@code .dist-info} or {@code .egg-info}, held against the declaration. */
  METADATA("metadata"),
  /** The bytes that its place had in another commit. */
  OTHER_COMMIT("from another commit"),
  /** The bytes of another place of the source, or of its history. */
  MOVED("moved"),
  /** Its template with settings of the build put in, which only the build knew. */
  SETTINGS("template with settings of the build"),
  /** Machine code, which nobody can hold against its source without building it. */
  NATIVE("native, unverified"),
  /** Made by a tool from the source, which cannot be shown without running the tool. */
  BUILT("built, unverified"),
  /** Not looked up: too large, of a submodule, unreadable. */
  NOT_COMPARED("not compared"),
  /** The source has other bytes at its place. */
  MODIFIED("modified"),
  /** The source has nothing like it. */
  ADDED("added"),
  /** The source has it in a folder that the artifact is made of, and the artifact does not. */
  MISSING("missing");

  private final String text;

  FileClass(String text) {
    this.text = text;
  }

  /** As reports write it. */
  public String text() {
    return text;
  }

  /** Whether its content is shown to be the source's. */
  public boolean isProved() {
    return this == IDENTICAL || this == GENERATED || this == METADATA;
  }
}
