package dev.gatehouse.packaging.record;

/**
 * One line of {@code entry_points.txt}.
 *
 * @param line from 1
 * @param group the name of the section: {@code console_scripts}, {@code pytest11}
 * @param name what it is called in its group
 * @param value the object reference as it was written: {@code package.module:attribute [extra]}
 */
public record EntryPoint(int line, String group, String name, String value) {
  /** The module that is imported to load it. */
  public String module() {
    int end = value.indexOf(':');
    String module = end < 0 ? value : value.substring(0, end);
    int extra = module.indexOf('[');
    return (extra < 0 ? module : module.substring(0, extra)).strip();
  }
}
