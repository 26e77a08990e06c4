package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files, paths and folders. */
final class FileCalls {
  private static final Set<String> MEDIA =
      Set.of(
          "wav", "mp3", "ogg", "flac", "png", "jpg", "jpeg", "gif", "bmp", "ico", "webp", "mp4",
          "avi", "svg", "ttf", "woff", "woff2");

  private FileCalls() {}

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String name :
        new String[] {
          "builtins.open",
          "builtins.file",
          "io.open",
          "codecs.open",
          "os.open",
          "io.FileIO",
          "io.open_code",
          "tokenize.open",
          "aiofiles.open",
          "os.fdopen"
        }) {
      calls.put(name, in -> open(in, in.argument(0, "file"), mode(in)));
    }
    for (String name : new String[] {"gzip.open", "bz2.open", "lzma.open", "gzip.GzipFile"}) {
      calls.put(
          name,
          in -> {
            Value handle = open(in, in.argument(0, "filename"), mode(in));
            boolean writes = Value.shown(mode(in)).startsWith("w");
            // What it holds is not what it gives.
            return writes ? handle : Value.unknown(handle.marks().and(Mark.DECODED));
          });
    }
    for (String name :
        new String[] {
          "wave.open",
          "PIL.Image.open",
          "cv2.imread",
          "soundfile.read",
          "imageio.imread",
          "scipy.io.wavfile.read",
          "skimage.io.imread",
          "aifc.open",
          "sunau.open"
        }) {
      calls.put(name, in -> Value.unknown(in.marks().and(Mark.MEDIA)));
    }
    calls.put("os.path.join", FileCalls::join);
    calls.put("pathlib.Path", FileCalls::join);
    calls.put("pathlib.Path.home", _ -> Value.text("~"));
    calls.put("pathlib.Path.cwd", _ -> Value.text(String.valueOf(Value.HOLE)));
    for (String name :
        new String[] {
          "os.path.expanduser",
          "os.path.expandvars",
          "os.path.abspath",
          "os.path.realpath",
          "os.path.normpath",
          "os.fspath",
          "os.fsencode",
          "os.fsdecode"
        }) {
      calls.put(name, in -> in.argument(0));
    }
    for (String name :
        new String[] {
          "tempfile.gettempdir", "tempfile.mkdtemp", "tempfile.mktemp", "tempfile.gettempprefix"
        }) {
      calls.put(name, FileCalls::temporary);
    }
    for (String name :
        new String[] {
          "tempfile.NamedTemporaryFile", "tempfile.TemporaryFile", "tempfile.SpooledTemporaryFile"
        }) {
      calls.put(
          name,
          in -> {
            in.note(Fact.TEMPORARY);
            return new Value.Handle("/tmp/" + Value.HOLE, true, Marks.of(Mark.TEMPORARY));
          });
    }
    calls.put("tempfile.TemporaryDirectory", FileCalls::temporary);
    calls.put(
        "tempfile.mkstemp",
        in -> {
          in.note(Fact.TEMPORARY);
          Value path = new Value.Text("/tmp/" + Value.HOLE, Marks.of(Mark.TEMPORARY));
          return Value.Items.of(new ArrayList<>(List.of(path, path)));
        });
    calls.put("os.environ.get", in -> Environment.variable(in.argument(0)));
    calls.put("os.getenv", in -> Environment.variable(in.argument(0)));
    for (String name :
        new String[] {
          "os.environ.copy",
          "os.environ.items",
          "os.environ.values",
          "os.environ.keys",
          "os.environ.__iter__"
        }) {
      calls.put(
          name,
          in -> {
            in.note(Fact.READS_ENVIRONMENT);
            return Value.unknown(Marks.of(Mark.ENVIRONMENT));
          });
    }
    for (String name :
        new String[] {
          "shutil.copy",
          "shutil.copyfile",
          "shutil.copy2",
          "shutil.move",
          "os.rename",
          "os.replace",
          "os.link",
          "os.symlink"
        }) {
      calls.put(name, FileCalls::move);
    }
    calls.put(
        "shutil.copyfileobj",
        in ->
            in.argument(1) instanceof Value.Handle handle
                ? method(handle, "write", in.with(List.of(in.argument(0))))
                : in.unknown());
    calls.put("os.chmod", FileCalls::chmod);
    calls.put(
        "os.write",
        in -> write(in, Value.shown(in.argument(0)), in.argument(0).marks(), in.argument(1)));
    calls.put("browser_cookie3.load", _ -> Value.unknown(Marks.of(Mark.SECRET)));
    for (String name : new String[] {"winreg.SetValueEx", "_winreg.SetValueEx"}) {
      calls.put(
          name,
          in -> {
            in.note(Fact.WRITES);
            // It persists where the key that is named is one of those that start programs.
            in.note(Fact.PERSISTS);
            return Value.UNKNOWN;
          });
    }
    for (String name : new String[] {"glob.glob", "glob.iglob"}) {
      calls.put(
          name,
          in ->
              in.argument(0) instanceof Value.Text text
                  ? Value.Items.of(new ArrayList<>(List.of(text)))
                  : in.unknown());
    }
  }

  private static Value mode(Invocation in) {
    return in.argument(1, "mode");
  }

  private static Value temporary(Invocation in) {
    in.note(Fact.TEMPORARY);
    return new Value.Text("/tmp/" + Value.HOLE, Marks.of(Mark.TEMPORARY));
  }

  private static Value join(Invocation in) {
    StringBuilder path = new StringBuilder();
    Marks marks = Marks.NONE;
    for (Value part : in.arguments()) {
      String text = Value.shown(part);
      marks = marks.and(part.marks());
      if (text.startsWith("/")) {
        path.setLength(0);
      } else if (!path.isEmpty()) {
        path.append('/');
      }
      path.append(text);
    }
    for (String name : new String[] {"/tmp", "/var/tmp", "/dev/shm"}) {
      if (path.toString().startsWith(name)) {
        marks = marks.and(Mark.TEMPORARY);
      }
    }
    return new Value.Text(path.toString(), marks);
  }

  private static boolean isTemporary(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.startsWith("/tmp")
        || lower.startsWith("/var/tmp")
        || lower.startsWith("/dev/shm")
        || lower.contains("\\temp\\")
        || lower.contains("/temp/");
  }

  static Value open(Invocation in, Value path, Value mode) {
    String name = Value.shown(path);
    String how = Value.shown(mode);
    if (path instanceof Value.Handle handle) {
      return handle;
    }
    in.evaluator().read(name, in.at());
    Marks marks = path.marks().without(Mark.COMPOSED).without(Mark.DECODED).and(Mark.FILE);
    if (isTemporary(name)) {
      in.note(Fact.TEMPORARY);
      marks = marks.and(Mark.TEMPORARY);
    }
    boolean writes =
        mode instanceof Value.Text
            && (how.contains("w") || how.contains("a") || how.contains("x") || how.contains("+"));
    if (!writes) {
      marks = marks.and(contents(in, name));
    }
    return new Value.Handle(name, how.contains("b"), marks);
  }

  /** What reading a file of that path gives. */
  private static Marks contents(Invocation in, String path) {
    Marks marks = Marks.of(Mark.FILE);
    boolean[] secret = new boolean[1];
    in.evaluator()
        .program()
        .knowledge()
        .signs()
        .in(path, store -> secret[0] |= CredentialStore.isPersonal(store), (_, _) -> {});
    if (secret[0] && !isPublic(path)) {
      in.note(Fact.READS_SECRET);
      marks = marks.and(Mark.SECRET);
    }
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.startsWith("/proc/") && lower.endsWith("/environ")) {
      marks = marks.and(Mark.ENVIRONMENT);
    }
    if (MEDIA.contains(lower.substring(lower.lastIndexOf('.') + 1))) {
      marks = marks.and(Mark.MEDIA);
    }
    if (in.evaluator().program().isFetched(path)) {
      marks = marks.and(Mark.FETCHED);
    }
    return marks;
  }

  /** What lies beside credentials, and is none. */
  private static boolean isPublic(String path) {
    return path.endsWith("ssh/config")
        || path.endsWith("known_hosts")
        || path.endsWith("authorized_keys")
        || path.endsWith(".pub");
  }

  /** Methods of an open file. */
  static Value method(Value.Handle self, String name, Invocation in) {
    return switch (name) {
      case "write", "writelines" -> {
        write(in, self.path(), self.marks(), in.argument(0));
        yield new Value.None();
      }
      case "name" -> new Value.Text(self.path(), self.marks());
      case "__enter__" -> self;
      default -> {
        Value read = PackageData.method(self, name, in);
        yield read == null ? Value.unknown(self.marks()) : read;
      }
    };
  }

  /** Methods of a path; null where it is none. */
  static @Nullable Value pathMethod(Value self, String name, Invocation in) {
    boolean text = self instanceof Value.Text;
    return switch (name) {
      case "write_text", "write_bytes" -> {
        write(in, Value.shown(self), self.marks(), in.argument(0));
        yield new Value.None();
      }
      case "read_text", "read_bytes" -> {
        Value mode = Value.text(name.endsWith("bytes") ? "rb" : "r");
        yield open(in, self, mode) instanceof Value.Handle handle
            ? PackageData.contents(in, handle)
            : Value.unknown(self.marks());
      }
      case "open" -> text ? open(in, self, in.argument(0, "mode")) : null;
      case "expanduser", "resolve", "absolute", "as_posix", "__enter__", "__str__" ->
          text ? self : null;
      case "joinpath" -> text ? join(in.with(prepended(self, in.arguments()))) : null;
      case "with_suffix", "with_name" ->
          text
              ? new Value.Text(Value.shown(self) + Value.shown(in.argument(0)), self.marks())
              : null;
      case "chmod" -> {
        if (text) {
          in.note(Fact.MAKES_EXECUTABLE);
        }
        yield text ? Value.UNKNOWN : null;
      }
      case "glob", "rglob" ->
          text
              ? Value.Items.of(
                  new ArrayList<>(List.of(join(in.with(prepended(self, in.arguments()))))))
              : null;
      case "rename", "replace", "symlink_to" ->
          text ? move(in.with(prepended(self, in.arguments()))) : null;
      default -> null;
    };
  }

  private static List<Value> prepended(Value first, List<Value> rest) {
    List<Value> all = new ArrayList<>();
    all.add(first);
    all.addAll(rest);
    return all;
  }

  /** Writes a value to a path. */
  private static Value write(Invocation in, String path, Marks pathMarks, Value value) {
    in.note(Fact.WRITES);
    String lower = path.toLowerCase(Locale.ROOT).replace('\\', '/');
    if (value.marks().has(Mark.FETCHED)) {
      in.note(Fact.WRITES_FETCHED);
      in.evaluator().program().addFetched(path);
    }
    if (pathMarks.has(Mark.TEMPORARY) || isTemporary(path)) {
      in.note(Fact.TEMPORARY);
      if (value.marks().has(Mark.DECODED)) {
        in.evaluator().program().addFetched(path);
      }
    }
    in.evaluator()
        .program()
        .knowledge()
        .signs()
        .in(
            lower,
            _ -> {},
            (fact, _) -> {
              switch (fact) {
                case NAMES_PERSISTENCE -> in.note(Fact.PERSISTS);
                case WRITES_STARTUP, WRITES_TOOL_FILE -> in.note(fact);
                default -> {}
              }
            });
    if (lower.endsWith(".pth") && !lower.contains("model") && !lower.contains("weight")) {
      in.note(Fact.WRITES_STARTUP);
    }
    if (isShellProfile(lower)) {
      // It counts where it runs by itself. Five of 967 real wheels do it in a function that
      // somebody
      // calls, to install the completion of their own commands.
      in.note(Fact.PERSISTS);
    }
    if (value instanceof Value.Text || value instanceof Value.Bytes) {
      content(in, lower, value);
    }
    return Value.UNKNOWN;
  }

  private static boolean isShellProfile(String path) {
    return path.endsWith("/.bashrc")
        || path.endsWith("/.profile")
        || path.endsWith("/.zshrc")
        || path.endsWith("/.bash_profile");
  }

  /** Code that is written to a file is judged as if it ran, because it was written for that. */
  private static void content(Invocation in, String path, Value value) {
    String text = Value.shown(value).replace(Value.HOLE, '_');
    in.evaluator().read(text, in.at());
    boolean python = path.endsWith(".py") || path.endsWith(".pth") || path.endsWith(".pyw");
    boolean hidden = value.marks().has(Mark.DECODED);
    if ((python || hidden) && text.length() > 20) {
      in.layer(text);
    }
    if (path.endsWith(".sh") || text.startsWith("#!/bin")) {
      text.lines().limit(2_000).forEach(line -> CommandText.facts(line).forEach(in::note));
    }
  }

  /** What is copied from one path to another takes along what it was. */
  private static Value move(Invocation in) {
    String from = Value.shown(in.argument(0));
    Value to = in.argument(1);
    if (in.evaluator().program().isFetched(from) || in.argument(0).marks().has(Mark.FETCHED)) {
      in.evaluator().program().addFetched(Value.shown(to));
    }
    write(in, Value.shown(to), to.marks(), Value.UNKNOWN);
    return to;
  }

  private static Value chmod(Invocation in) {
    Integer mode = Folding.small(in.argument(1, "mode"));
    if (mode == null || (mode & 0111) != 0) {
      in.note(Fact.MAKES_EXECUTABLE);
    }
    return Value.UNKNOWN;
  }
}
