package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A transformation of the text of one file. */
record Source(String name, BiFunction<PythonText, RandomGenerator, Optional<String>> rewrite)
    implements Transformation {
  private static final String MARK = "\ufeff";

  /** In another encoding than ours, what we would write were something else. */
  private static final Pattern FOREIGN =
      Pattern.compile("\\A(?:#?[^\\r\\n]*+\\R)?#[^\\r\\n]*coding[:=]\\s*(?!utf-?8)");

  @Override
  public Optional<Map<String, byte[]>> apply(
      Map<String, byte[]> files, String path, RandomGenerator random) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      return Optional.empty();
    }
    String whole = new String(bytes, UTF_8);
    // A byte order mark is one only where it is first, and there it is before all that is put
    // there.
    String mark = whole.startsWith(MARK) ? MARK : "";
    PythonText text = new PythonText(whole.substring(mark.length()), path.endsWith(".pth"));
    if (text.text().isBlank() || isForeign(text.text())) {
      return Optional.empty();
    }
    return rewrite
        .apply(text, random)
        .map(made -> made.startsWith(MARK) ? made : mark + made)
        .filter(made -> !made.equals(whole))
        .filter(made -> !made.startsWith(MARK) || !isForeign(made.substring(1)))
        .map(
            made -> {
              Map<String, byte[]> all = new LinkedHashMap<>(files);
              all.put(path, made.getBytes(UTF_8));
              return all;
            });
  }

  /** Whether its first lines name another encoding than UTF-8. */
  static boolean isForeign(String text) {
    return FOREIGN.matcher(text).find();
  }
}
