package dev.gatehouse.packaging.artifact;

import java.util.List;
import java.util.Random;

/** Makes project names and file names of wheels and sdists, some of them impossible. */
final class FilenameTexts {
  private static final List<String> WORDS =
      List.of("a", "foo", "Bar", "x2", "2", "PyYAML", "zope", "1", "0");
  private static final List<String> JOINTS = List.of("-", "_", ".", "__", "-.", "", "--", "._-");
  private static final List<String> VERSIONS =
      List.of(
          "1.0",
          "1",
          "1.0.post1",
          "2!1.0",
          "1.0+local.1",
          "1.0rc1",
          "01.0",
          "1.0_1",
          "v1",
          "1.0-1",
          "foo",
          "1.0a");
  private static final List<String> TAGS =
      List.of(
          "py3",
          "py2.py3",
          "cp311",
          "none",
          "abi3",
          "any",
          "manylinux_2_28_x86_64",
          "PY3",
          "py3.py3",
          "",
          "a..b");
  private static final List<String> BUILDS = List.of("1", "0", "12abc", "01", "1_x", "abc", "");
  private static final List<String> SUFFIXES =
      List.of(".tar.gz", ".zip", ".tar.gz", ".zip", ".tar", ".egg");
  private static final String ODD = " \n/\\-_.+!*~aZ0\u0000\u00e9\u0661";

  private final Random random;

  FilenameTexts(long seed) {
    this.random = new Random(seed);
  }

  String name() {
    return spoilt(joined(JOINTS), 20);
  }

  String wheel() {
    String name = chance(80) ? joined(List.of("_", ".", "")) : joined(JOINTS);
    String build = chance(30) ? "-" + pick(BUILDS) : "";
    String text =
        name
            + "-"
            + pick(VERSIONS)
            + build
            + "-"
            + pick(TAGS)
            + "-"
            + pick(TAGS)
            + "-"
            + pick(TAGS);
    return spoilt(text + (chance(97) ? ".whl" : ".WHL"), 15);
  }

  String sdist() {
    return spoilt(joined(JOINTS) + "-" + pick(VERSIONS) + pick(SUFFIXES), 15);
  }

  private String joined(List<String> joints) {
    StringBuilder text = new StringBuilder(chance(4) ? pick(joints) : "").append(pick(WORDS));
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(pick(joints)).append(pick(WORDS));
    }
    return text.append(chance(4) ? pick(joints) : "").toString();
  }

  private String spoilt(String text, int percent) {
    if (!chance(percent)) {
      return text;
    }
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + ODD.charAt(random.nextInt(ODD.length())) + text.substring(at);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
