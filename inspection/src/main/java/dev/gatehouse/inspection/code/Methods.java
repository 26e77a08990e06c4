package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.code.Value.Bytes;
import dev.gatehouse.inspection.code.Value.Entries;
import dev.gatehouse.inspection.code.Value.Items;
import dev.gatehouse.inspection.code.Value.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of strings, bytes, lists, paths, files and connections. */
final class Methods {
  Value call(Value.Method method, Invocation in) {
    Value self = method.self();
    Marks marks = self.marks().and(in.marks());
    if (method.name().equals("__getattribute__") || method.name().equals("__getattr__")) {
      return in.evaluator().attributeNamed(self, in.argument(0), in.at());
    }
    if (DecodingCalls.isDecryption(method.name())) {
      in.note(Fact.DECODES);
      return Value.unknown(marks.and(Mark.DECODED));
    }
    @Nullable Value known =
        switch (self) {
          case Text text -> ofText(text, method.name(), in);
          case Bytes bytes -> ofBytes(bytes, method.name(), in);
          case Items items -> ofItems(items, method.name(), in);
          case Entries entries -> ofEntries(entries, method.name(), in);
          case Value.Int _ when method.name().equals("to_bytes") -> toBytes(self, in);
          case Value.Handle handle -> FileCalls.method(handle, method.name(), in);
          default -> null;
        };
    if (known != null) {
      return known;
    }
    @Nullable Value path = FileCalls.pathMethod(self, method.name(), in);
    if (path != null) {
      return path;
    }
    if (method.name().equals("decompress") || method.name().equals("decodebytes")) {
      in.note(Fact.DECODES);
      return Value.unknown(marks.and(Mark.DECODED));
    }
    if (method.name().equals("get_data") && in.argument(0) instanceof Value.Text named) {
      // Of a loader.
      return FileCalls.open(in, named, Value.text("rb")) instanceof Value.Handle handle
          ? PackageData.contents(in, handle)
          : Value.unknown(marks);
    }
    NetworkCalls.method(self, method.name(), in);
    ProcessCalls.method(self, method.name(), in);
    ReflectionCalls.method(self, method.name(), in);
    return NetworkCalls.isReading(self, method.name())
        ? Value.unknown(marks.and(Mark.FETCHED))
        : Value.unknown(marks);
  }

  private static @Nullable Value ofText(Text self, String name, Invocation in) {
    Marks marks = self.marks().and(in.marks());
    return switch (name) {
      case "join" -> join(self, in.argument(0));
      case "format" -> Formats.format(self, in.arguments(), in.named());
      case "format_map" ->
          Formats.format(
              self, List.of(), in.argument(0) instanceof Entries e ? e.values() : Map.of());
      case "substitute", "safe_substitute" -> Formats.substitute(self, in.argument(0), in.named());
      case "replace" -> replace(self, in, marks);
      case "translate" -> translate(self, in.argument(0), marks.and(Mark.DECODED));
      case "encode" ->
          Decoding.hides(Value.shown(in.argument(0, "encoding")))
              ? DecodingCalls.codec(in.with(List.of(self, in.argument(0, "encoding"))))
              : Folding.isKnown(self)
                  ? new Bytes(self.text().getBytes(StandardCharsets.UTF_8), self.marks())
                  : self;
      case "decode" -> DecodingCalls.codec(in.with(List.of(self, in.argument(0, "encoding"))));
      case "lower", "casefold" -> new Text(self.text().toLowerCase(Locale.ROOT), marks);
      case "upper" -> new Text(self.text().toUpperCase(Locale.ROOT), marks);
      case "swapcase" -> new Text(swapped(self.text()), marks.and(Mark.COMPOSED));
      case "title", "capitalize", "expandtabs", "zfill", "ljust", "rjust", "center" ->
          new Text(self.text(), marks);
      case "strip", "lstrip", "rstrip" -> strip(self, name, in);
      case "removeprefix" -> removed(self, in, true);
      case "removesuffix" -> removed(self, in, false);
      case "split", "rsplit", "splitlines" -> split(self, name, in);
      case "__add__" -> Folding.binary("+", self, in.argument(0));
      case "__mul__" -> Folding.binary("*", self, in.argument(0));
      case "__mod__" -> Formats.percent(self, in.argument(0));
      case "__getitem__" -> Folding.index(self, in.argument(0));
      case "fromhex" -> null;
      default -> null;
    };
  }

  private static String swapped(String text) {
    StringBuilder swapped = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                swapped.append(
                    (char)
                        (Character.isUpperCase(c)
                            ? Character.toLowerCase(c)
                            : Character.toUpperCase(c))));
    return swapped.toString();
  }

  static Value join(Value separator, Value list) {
    List<Value> parts = Folding.elements(list);
    Marks marks = separator.marks().and(list.marks());
    if (parts == null) {
      boolean spelled = marks.has(Mark.CHARACTER) && Value.shown(separator).isEmpty();
      return Value.unknown(spelled ? marks.and(Mark.DECODED) : marks);
    }
    if (separator instanceof Bytes glue) {
      List<byte[]> bytes = new ArrayList<>();
      for (Value part : parts) {
        if (!(part instanceof Bytes own)) {
          return Value.unknown(marks);
        }
        bytes.add(own.bytes());
      }
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      for (int i = 0; i < bytes.size(); i++) {
        out.writeBytes(i == 0 ? new byte[0] : glue.bytes());
        out.writeBytes(bytes.get(i));
      }
      return new Bytes(out.toByteArray(), marks.and(Mark.COMPOSED));
    }
    StringBuilder text = new StringBuilder();
    String between = Value.shown(separator);
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : between).append(Value.shown(parts.get(i)));
      marks = marks.and(parts.get(i).marks());
      if (text.length() > Folding.MOST_TEXT) {
        return Value.unknown(marks);
      }
    }
    boolean spelled = marks.has(Mark.CHARACTER) && parts.size() >= Folding.SPELLED;
    Marks all = parts.size() > 1 ? marks.and(Mark.COMPOSED) : marks;
    return new Text(text.toString(), spelled ? all.and(Mark.DECODED) : all);
  }

  private static Value replace(Text self, Invocation in, Marks marks) {
    Value from = in.argument(0);
    Value to = in.argument(1);
    if (!Folding.isKnown(from) || !Folding.isKnown(to) || Value.shown(from).isEmpty()) {
      return Value.unknown(marks);
    }
    long growth = (long) self.text().length() * Math.max(1, Value.shown(to).length());
    return growth > 4L * Folding.MOST_TEXT
        ? Value.unknown(marks)
        : new Text(
            self.text().replace(Value.shown(from), Value.shown(to)), marks.and(Mark.COMPOSED));
  }

  private static Value translate(Value self, Value table, Marks marks) {
    if (!(table instanceof Entries entries) || !Folding.isKnown(self)) {
      return Value.unknown(marks.without(Mark.DECODED).and(self.marks()));
    }
    StringBuilder text = new StringBuilder();
    Value.shown(self)
        .codePoints()
        .forEach(
            c -> {
              Value to = entries.values().get(Character.toString(c));
              to = to == null ? entries.values().get(Integer.toString(c)) : to;
              text.append(to == null ? Character.toString(c) : TextCalls.letter(to));
            });
    return self instanceof Bytes
        ? new Bytes(text.toString().getBytes(StandardCharsets.ISO_8859_1), marks)
        : new Text(text.toString(), marks);
  }

  private static Value strip(Text self, String name, Invocation in) {
    if (!in.arguments().isEmpty()) {
      return stripped(self, name, Value.shown(in.argument(0)));
    }
    String text =
        switch (name) {
          case "lstrip" -> self.text().stripLeading();
          case "rstrip" -> self.text().stripTrailing();
          default -> self.text().strip();
        };
    return new Text(text, self.marks());
  }

  private static Value stripped(Text self, String name, String characters) {
    int from = 0;
    int to = self.text().length();
    while (!name.equals("rstrip")
        && from < to
        && characters.indexOf(self.text().charAt(from)) >= 0) {
      from++;
    }
    while (!name.equals("lstrip")
        && to > from
        && characters.indexOf(self.text().charAt(to - 1)) >= 0) {
      to--;
    }
    return new Text(self.text().substring(from, to), self.marks());
  }

  private static Value removed(Text self, Invocation in, boolean front) {
    String part = Value.shown(in.argument(0));
    String text = self.text();
    if (front && text.startsWith(part)) {
      return new Text(text.substring(part.length()), self.marks());
    }
    return !front && text.endsWith(part)
        ? new Text(text.substring(0, text.length() - part.length()), self.marks())
        : self;
  }

  private static Value split(Text self, String name, Invocation in) {
    Value separator = in.argument(0, "sep");
    List<Value> parts = new ArrayList<>();
    String text = self.text();
    if (name.equals("splitlines")) {
      text.lines().forEach(line -> parts.add(new Text(line, self.marks())));
    } else if (Folding.isKnown(separator) && !Value.shown(separator).isEmpty()) {
      String cut = Value.shown(separator);
      int from = 0;
      for (int at = text.indexOf(cut); at >= 0; at = text.indexOf(cut, from)) {
        parts.add(new Text(text.substring(from, at), self.marks()));
        from = at + cut.length();
      }
      parts.add(new Text(text.substring(from), self.marks()));
    } else {
      for (String word : text.strip().split("\\s++", -1)) {
        parts.add(new Text(word, self.marks()));
      }
    }
    return new Items(parts, self.marks());
  }

  private static @Nullable Value ofBytes(Bytes self, String name, Invocation in) {
    Marks marks = self.marks().and(in.marks());
    return switch (name) {
      case "decode" -> DecodingCalls.codec(in.with(List.of(self, in.argument(0, "encoding"))));
      case "hex" -> new Text(java.util.HexFormat.of().formatHex(self.bytes()), marks);
      case "join" -> join(self, in.argument(0));
      case "translate" -> translate(self, in.argument(0), marks.and(Mark.DECODED));
      case "replace", "strip", "lstrip", "rstrip", "split", "removeprefix", "removesuffix" -> {
        Text latin = new Text(new String(self.bytes(), StandardCharsets.ISO_8859_1), self.marks());
        Value made = ofText(latin, name, in);
        yield made instanceof Text text
            ? new Bytes(text.text().getBytes(StandardCharsets.ISO_8859_1), text.marks())
            : made;
      }
      case "tobytes", "copy" -> self;
      default -> null;
    };
  }

  private static Value ofItems(Items self, String name, Invocation in) {
    switch (name) {
      case "append", "add", "appendleft", "push" -> {
        if (self.values().size() < 300_000) {
          self.add(in.argument(0));
        }
        self.mark(in.marks());
      }
      case "extend", "update" -> {
        List<Value> more = Folding.elements(in.argument(0));
        self.mark(in.marks());
        if (more != null && self.values().size() + more.size() < 300_000) {
          List.copyOf(more).forEach(self::add);
        }
      }
      case "insert" -> {
        Integer index = Folding.small(in.argument(0));
        if (index != null && index >= 0 && index <= self.values().size()) {
          self.values().add(index, in.argument(1));
        }
        self.mark(in.marks());
      }
      case "reverse" -> Collections.reverse(self.values());
      case "pop", "popleft" -> {
        Integer index =
            in.arguments().isEmpty() ? Integer.valueOf(-1) : Folding.small(in.argument(0));
        int at = index == null ? -1 : index < 0 ? self.values().size() + index : index;
        return at >= 0 && at < self.values().size()
            ? self.values().remove(at)
            : Value.unknown(self.marks());
      }
      case "copy" -> {
        return new Items(new ArrayList<>(self.values()), self.marks());
      }
      case "__getitem__" -> {
        return Folding.index(self, in.argument(0));
      }
      case "decode", "tobytes" -> {
        // A bytearray is a list of numbers here.
        Value bytes = TextCalls.bytes(in.with(List.of(self)));
        return name.equals("decode") ? DecodingCalls.decodedText(bytes) : bytes;
      }
      default -> {
        return Value.unknown(self.marks());
      }
    }
    return new Value.None();
  }

  private static Value ofEntries(Entries self, String name, Invocation in) {
    return switch (name) {
      case "get", "pop", "setdefault", "__getitem__" -> {
        Value found = self.values().get(Value.shown(in.argument(0)));
        yield found != null
            ? found
            : in.arguments().size() > 1 ? in.argument(1) : Value.unknown(self.marks());
      }
      case "values" -> new Items(new ArrayList<>(self.values().values()), self.marks());
      case "items" -> pairs(self);
      case "keys" -> {
        List<Value> keys = new ArrayList<>();
        self.values().keySet().forEach(key -> keys.add(Value.text(key)));
        yield new Items(keys, self.marks());
      }
      case "update" -> {
        self.mark(in.marks());
        if (in.argument(0) instanceof Entries other && other != self) {
          other.values().forEach(self::put);
        }
        in.named().forEach(self::put);
        yield new Value.None();
      }
      default -> Value.unknown(self.marks());
    };
  }

  private static Value pairs(Entries self) {
    List<Value> pairs = new ArrayList<>();
    self.values()
        .forEach(
            (key, value) -> pairs.add(Items.of(new ArrayList<>(List.of(Value.text(key), value)))));
    return pairs.isEmpty() ? Value.unknown(self.marks()) : new Items(pairs, self.marks());
  }

  static Value toBytes(Value self, Invocation in) {
    Integer length = Folding.small(in.argument(0, "length"));
    Marks marks = self.marks().and(Mark.DECODED);
    if (self instanceof Value.Int number && length != null && length >= 0 && length < 1 << 20) {
      boolean little = Value.shown(in.argument(1, "byteorder")).equals("little");
      return new Bytes(Decoding.number(number.value(), length, little), marks);
    }
    if (self instanceof Value.Int number && number.value().signum() >= 0) {
      // Its length is most often computed from the number itself.
      int bytes = (number.value().bitLength() + 7) / 8;
      boolean little = Value.shown(in.argument(1, "byteorder")).equals("little");
      return new Bytes(Decoding.number(number.value(), bytes, little), marks);
    }
    return Value.unknown(marks);
  }
}
