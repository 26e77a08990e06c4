package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** A transformation of the text of one file. */
record Source(String name, BiFunction<PythonText, RandomGenerator, Optional<String>> rewrite)
    implements Transformation {
  @Override
  public Optional<Map<String, byte[]>> apply(
      Map<String, byte[]> files, String path, RandomGenerator random) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      return Optional.empty();
    }
    PythonText text = new PythonText(new String(bytes, UTF_8), path.endsWith(".pth"));
    return rewrite
        .apply(text, random)
        .filter(made -> !made.equals(text.text()))
        .map(
            made -> {
              Map<String, byte[]> all = new LinkedHashMap<>(files);
              all.put(path, made.getBytes(UTF_8));
              return all;
            });
  }
}
