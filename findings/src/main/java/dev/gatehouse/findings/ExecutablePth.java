package dev.gatehouse.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a {@code .pth} file that runs at every start of Python, as the details of a target hold
 * it under {@code executable-pth}.
 *
 * @param shape which known template it is; empty where it is none
 * @param versions of Python that run it, such as {@code 3.13 and later}; empty where it is not said
 */
record ExecutablePth(
    String path, long line, String code, boolean known, String shape, String versions) {
  static final String KEY = "executable-pth";

  ExecutablePth {
    path = Printable.of(path, 500);
    code = Printable.of(code.strip(), 300);
    shape = Printable.of(shape, 100);
    versions = Printable.of(versions, 100);
  }

  /** Those of a target, in its own order. */
  static List<ExecutablePth> of(TargetReport target) {
    List<ExecutablePth> all = new ArrayList<>();
    if (target.details().get(KEY) instanceof Iterable<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> map) {
          all.add(of(map));
        }
      }
    }
    return all;
  }

  private static ExecutablePth of(Map<?, ?> map) {
    return new ExecutablePth(
        text(map.get("path")),
        map.get("line") instanceof Number number ? number.longValue() : 0,
        text(map.get("code")),
        Boolean.TRUE.equals(map.get("known")),
        text(map.get("shape")),
        text(map.get("versions")));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** {@code x.pth:1}. */
  String place() {
    return line > 0 ? path + ":" + line : path;
  }
}
