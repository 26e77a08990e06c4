package dev.gatehouse.packaging.metadata;

import java.util.regex.Pattern;

/**
 * One header of a metadata file.
 *
 * @param name as it was written; case does not count
 * @param value without the white space at its ends; a folded one with its line breaks
 */
public record Header(String name, String value) {
  private static final Pattern FOLD = Pattern.compile("\\R[ \t]*+");

  /** The value on one line. */
  public String unfolded() {
    return value.indexOf('\n') < 0 && value.indexOf('\r') < 0
        ? value
        : FOLD.matcher(value).replaceAll(" ");
  }
}
