package dev.gatehouse.cli.migrate;

/**
 * A place that uses LiteLLM.
 *
 * @param file inside the folder, with slashes
 * @param line from 1
 * @param what is used, as {@code litellm.completion}
 * @param replacement what to write instead, in a sentence or as code
 * @param obstacle why a patch would not be safe; empty where it is
 * @param isPatched whether the patch changes it
 */
record Use(
    String file, int line, String what, String replacement, String obstacle, boolean isPatched) {
  Use patched() {
    return new Use(file, line, what, replacement, obstacle, true);
  }
}
