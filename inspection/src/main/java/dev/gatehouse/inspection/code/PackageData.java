package dev.gatehouse.inspection.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of the same distribution that are no modules, and that its code reads: what is executed may
 * stand in one of them.
 */
final class PackageData {
  /** A file beside the one that asks, whatever its folder is called. */
  private static final Value FOLDER = Value.text(Value.HOLE + "/" + Value.HOLE);

  private static final int BYTES_PER_STEP = 32;

  private PackageData() {}

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String resources :
        new String[] {"importlib.resources", "importlib_resources", "pkg_resources"}) {
      calls.put(resources + ".files", _ -> FOLDER);
      calls.put(resources + ".as_file", in -> in.argument(0));
      calls.put(resources + ".read_text", in -> read(in, in.argument(1), false));
      for (String name : new String[] {"read_binary", "resource_string", "get_data"}) {
        calls.put(resources + "." + name, in -> read(in, in.argument(1), true));
      }
      for (String name :
          new String[] {
            "path", "resource_filename", "open_text", "open_binary", "resource_stream"
          }) {
        calls.put(resources + "." + name, in -> opened(in, name));
      }
    }
    calls.put("pkgutil.get_data", in -> read(in, in.argument(1, "resource"), true));
    calls.put("linecache.getlines", in -> lines(read(in, in.argument(0), false)));
    calls.put(
        "os.read",
        in -> in.argument(0) instanceof Value.Handle file ? contents(in, file) : in.unknown());
  }

  private static Value opened(Invocation in, String name) {
    Value path = Folding.binary("/", FOLDER, in.argument(1));
    return name.startsWith("open") || name.endsWith("stream")
        ? FileCalls.open(in, path, Value.text(name.endsWith("text") ? "r" : "rb"))
        : path;
  }

  /** Reads a file of the package that is named as it lies there. */
  private static Value read(Invocation in, Value name, boolean binary) {
    Value path = Folding.binary("/", FOLDER, name);
    return FileCalls.open(in, path, Value.text(binary ? "rb" : "r")) instanceof Value.Handle handle
        ? contents(in, handle)
        : in.unknown();
  }

  /** A method of a file that reads; null where it is another. */
  static @Nullable Value method(Value self, String name, Invocation in) {
    if (!(self instanceof Value.Handle handle)) {
      return null;
    }
    return switch (name) {
      case "read", "read1", "readall" -> contents(in, handle);
      case "readlines" -> lines(contents(in, handle));
      case "readline", "readframes" -> Value.unknown(handle.marks());
      default -> null;
    };
  }

  /** What a file holds, as far as it is known. */
  static Value contents(Invocation in, Value.Handle file) {
    return contents(in.evaluator().interpreter(), file);
  }

  static Value contents(Interpreter reader, Value.Handle file) {
    return reader
        .program()
        .data(reader, file.path())
        .filter(bytes -> reader.program().spend(bytes.length / BYTES_PER_STEP))
        .<Value>map(
            bytes ->
                file.binary()
                    ? new Value.Bytes(bytes, file.marks())
                    : new Value.Text(new String(bytes, StandardCharsets.UTF_8), file.marks()))
        .orElse(Value.unknown(file.marks()));
  }

  /** The lines of a text, each with its end. */
  static Value lines(Value text) {
    if (!(text instanceof Value.Text known)) {
      return Value.unknown(text.marks());
    }
    List<Value> lines = new ArrayList<>();
    known.text().lines().forEach(line -> lines.add(new Value.Text(line + "\n", known.marks())));
    return new Value.Items(lines, known.marks());
  }

  /**
   * The end of a path of which the beginning is not known, or is where the program is started;
   * empty where it leads elsewhere.
   */
  static Optional<String> ending(String path) {
    String plain = path.replace('\\', '/');
    int hole = plain.lastIndexOf(Value.HOLE);
    if (hole < 0 && (plain.startsWith("/") || plain.startsWith("~") || plain.contains(":"))) {
      return Optional.empty();
    }
    int up = plain.lastIndexOf("../");
    String ending = plain.substring(Math.max(hole + 1, up < 0 ? 0 : up + 3));
    while (ending.startsWith("/") || ending.startsWith("./")) {
      ending = ending.substring(1);
    }
    return ending.length() > 2 ? Optional.of(ending) : Optional.empty();
  }
}
