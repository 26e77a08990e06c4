package dev.gatehouse.packaging.record;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Compressed tag sets (PEP 425): {@code py2.py3-none-any} stands for two tags. */
public final class TagSet {
  /** Each part is a handful in practice; more is an attempt to have the product blow up. */
  private static final int MOST_OF_A_PART = 50;

  private TagSet() {}

  /** The single tags, in lower case; the text itself where it has not three bounded parts. */
  public static Set<String> expand(String tag) {
    List<String> parts = List.of(tag.toLowerCase(Locale.ROOT).split("-", -1));
    if (parts.size() != 3) {
      return Set.of(tag.toLowerCase(Locale.ROOT));
    }
    return expand(split(parts.get(0)), split(parts.get(1)), split(parts.get(2)));
  }

  /** All combinations of the parts of a file name. */
  public static Set<String> expand(
      List<String> pythons, List<String> abis, List<String> platforms) {
    Set<String> tags = new LinkedHashSet<>();
    for (String python : bounded(pythons)) {
      for (String abi : bounded(abis)) {
        for (String platform : bounded(platforms)) {
          tags.add(python + '-' + abi + '-' + platform);
        }
      }
    }
    return tags;
  }

  private static List<String> split(String part) {
    return List.of(part.split("\\.", -1));
  }

  private static List<String> bounded(List<String> part) {
    return part.subList(0, Math.min(part.size(), MOST_OF_A_PART));
  }
}
