package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** A transformation of one file, and perhaps of others beside it. */
record Rewrite(String name, Reach reach, Mover mover) implements Transformation {
  /** The files that it is for. */
  private enum Reach {
    MODULE,
    PTH,
    ANY
  }

  /** A file and what is around it. */
  record Place(Map<String, byte[]> files, String path, String text, RandomGenerator random) {
    boolean isPth() {
      return path.endsWith(".pth");
    }

    /** With its slash; empty at the root of the wheel. */
    String folder() {
      return path.substring(0, path.lastIndexOf('/') + 1);
    }

    Optional<PythonModule> module() {
      return isPth() ? Optional.empty() : PythonModule.read(text);
    }

    /** A name that nothing has yet. */
    String fresh(String start) {
      String name = start + Integer.toHexString(random.nextInt(1 << 20));
      return text.contains(name) ? fresh(start) : name;
    }
  }

  /** Gives the text of the file; the map of files is a copy of its own, to be changed at will. */
  interface Mover {
    Optional<String> move(Place place);
  }

  /** In another encoding than ours, what we would write were something else. */
  private static final Pattern FOREIGN =
      Pattern.compile("\\A(?:#?[^\\r\\n]*+\\R)?#[^\\r\\n]*coding[:=]\\s*(?!utf-?8)");

  /** What reads itself is something else as soon as it is rewritten. */
  private static final String OWN_TEXT = "open(__file__)";

  private static final Pattern IMPORT = Pattern.compile("\\Aimport[ \\t]");

  /** Of modules alone. */
  static Transformation module(String name, Mover mover) {
    return new Rewrite(name, Reach.MODULE, mover);
  }

  /** Also of a {@code .pth}, whose lines stay lines. */
  static Transformation any(String name, Mover mover) {
    return new Rewrite(name, Reach.ANY, mover);
  }

  /** Of a {@code .pth} alone, whose lines may become others. */
  static Transformation pth(String name, Mover mover) {
    return new Rewrite(name, Reach.PTH, mover);
  }

  @Override
  public Optional<Map<String, byte[]>> apply(
      Map<String, byte[]> files, String path, RandomGenerator random) {
    byte[] bytes = files.get(path);
    Reach other = path.endsWith(".pth") ? Reach.MODULE : Reach.PTH;
    if (bytes == null || reach == other) {
      return Optional.empty();
    }
    String whole = new String(bytes, UTF_8);
    // A mark is one only where it is first.
    String mark = whole.startsWith("\ufeff") ? "\ufeff" : "";
    String text = whole.substring(mark.length());
    if (text.isBlank() || FOREIGN.matcher(text).find() || text.contains(OWN_TEXT)) {
      return Optional.empty();
    }
    Place place = new Place(new LinkedHashMap<>(files), path, text, random);
    return mover
        .move(place)
        .filter(made -> !made.equals(text))
        .filter(made -> reach != Reach.ANY || !place.isPth() || staysPth(text, made))
        .map(
            made -> {
              place.files().put(path, (mark + made).getBytes(UTF_8));
              return place.files();
            });
  }

  private static boolean staysPth(String before, String after) {
    String[] lines = before.split("\\R", -1);
    String[] made = after.split("\\R", -1);
    if (lines.length != made.length) {
      return false;
    }
    for (int i = 0; i < lines.length; i++) {
      if (IMPORT.matcher(lines[i]).find() != IMPORT.matcher(made[i]).find()) {
        return false;
      }
    }
    return true;
  }
}
