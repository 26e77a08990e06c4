package dev.gatehouse.inspection.code;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Built-in functions by which strings are put together from something else. */
final class TextCalls {
  private static final int MOST_ELEMENTS = 300_000;

  private TextCalls() {}

  /** The calls that only put values together. */
  static Set<String> names() {
    Map<String, KnownCalls.KnownCall> own = new HashMap<>();
    addTo(own);
    return own.keySet();
  }

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    calls.put("builtins.chr", TextCalls::chr);
    calls.put("builtins.unichr", TextCalls::chr);
    calls.put("builtins.ord", TextCalls::ord);
    calls.put("builtins.bytes", TextCalls::bytes);
    calls.put(
        "builtins.bytearray",
        in ->
            in.arguments().isEmpty() ? new Value.Items(new ArrayList<>(), Marks.NONE) : bytes(in));
    calls.put("builtins.memoryview", in -> in.argument(0).with(in.marks()));
    calls.put("array.array", in -> bytes(in.with(List.of(in.argument(1)))));
    calls.put(
        "struct.pack",
        in -> {
          Value packed = bytes(in.with(List.of(rest(in))));
          return packed instanceof Value.Bytes ? packed : in.unknown();
        });
    calls.put("builtins.str", TextCalls::str);
    calls.put("builtins.unicode", TextCalls::str);
    calls.put("builtins.repr", TextCalls::str);
    calls.put("builtins.int", TextCalls::integer);
    calls.put("builtins.hex", in -> in.unknown());
    calls.put("builtins.len", TextCalls::len);
    calls.put("builtins.abs", in -> in.argument(0));
    calls.put("builtins.iter", TextCalls::iter);
    calls.put("builtins.next", TextCalls::next);
    calls.put("builtins.list", TextCalls::list);
    calls.put("builtins.tuple", TextCalls::list);
    calls.put("builtins.set", TextCalls::list);
    calls.put("builtins.frozenset", TextCalls::list);
    calls.put("builtins.sorted", TextCalls::list);
    calls.put("builtins.reversed", TextCalls::reversed);
    calls.put("builtins.range", TextCalls::range);
    calls.put("builtins.xrange", TextCalls::range);
    calls.put("builtins.enumerate", TextCalls::enumerate);
    calls.put("builtins.zip", TextCalls::zip);
    calls.put("itertools.zip_longest", in -> zip(in, true));
    calls.put("itertools.cycle", in -> repeated(in.argument(0)));
    calls.put("itertools.chain", TextCalls::chain);
    calls.put("builtins.map", TextCalls::map);
    calls.put("functools.reduce", TextCalls::reduce);
    calls.put("builtins.reduce", TextCalls::reduce);
    calls.put("builtins.dict", TextCalls::dict);
    calls.put("builtins.str.maketrans", TextCalls::translation);
    calls.put("string.maketrans", TextCalls::translation);
    calls.put("builtins.bytes.maketrans", TextCalls::translation);
    calls.put("builtins.int.to_bytes", in -> Methods.toBytes(in.argument(0), in.with(tail(in))));
    calls.put("builtins.int.from_bytes", TextCalls::fromBytes);
    calls.put("operator.xor", in -> Folding.binary("^", in.argument(0), in.argument(1)));
    calls.put("operator.add", in -> Folding.binary("+", in.argument(0), in.argument(1)));
    calls.put("operator.concat", in -> Folding.binary("+", in.argument(0), in.argument(1)));
    calls.put("string.Template", in -> in.argument(0));
    calls.put("textwrap.dedent", in -> in.argument(0));
    calls.put("inspect.cleandoc", in -> in.argument(0));
    calls.put("json.loads", in -> in.unknown());
    calls.put("json.dumps", in -> in.unknown());
    calls.put("ast.literal_eval", in -> in.unknown());
    calls.put("shlex.quote", in -> in.argument(0));
    calls.put("shlex.split", in -> words(in.argument(0)));
    calls.put("shlex.join", in -> Methods.join(Value.text(" "), in.argument(0)));
  }

  private static List<Value> tail(Invocation in) {
    return in.arguments().isEmpty() ? List.of() : in.arguments().subList(1, in.arguments().size());
  }

  private static Value rest(Invocation in) {
    return Value.Items.of(new ArrayList<>(tail(in)));
  }

  private static Value words(Value value) {
    if (!(value instanceof Value.Text text)) {
      return Value.unknown(value.marks());
    }
    List<Value> words = new ArrayList<>();
    for (String word : CommandText.words(text.text())) {
      words.add(new Value.Text(word, text.marks()));
    }
    return new Value.Items(words, text.marks());
  }

  private static Value chr(Invocation in) {
    Integer code = Folding.small(in.argument(0));
    Marks marks = in.marks().and(Mark.CHARACTER);
    return code != null && Character.isValidCodePoint(code)
        ? new Value.Text(Character.toString(code), marks)
        : Value.unknown(marks);
  }

  private static Value ord(Invocation in) {
    Value value = in.argument(0);
    if (value instanceof Value.Text text && Folding.isKnown(text) && !text.text().isEmpty()) {
      return new Value.Int(BigInteger.valueOf(text.text().codePointAt(0)), text.marks());
    }
    return value instanceof Value.Bytes bytes && bytes.bytes().length > 0
        ? new Value.Int(BigInteger.valueOf(bytes.bytes()[0] & 0xff), bytes.marks())
        : in.unknown();
  }

  /** Bytes by their numbers are characters by their numbers. */
  static Value bytes(Invocation in) {
    Value value = in.argument(0);
    if (value instanceof Value.Text text && Folding.isKnown(text)) {
      return new Value.Bytes(text.text().getBytes(StandardCharsets.UTF_8), text.marks());
    }
    if (value instanceof Value.Bytes) {
      return value;
    }
    if (value instanceof Value.Items items && items.values().size() < MOST_ELEMENTS) {
      Marks marks = items.marks().and(Mark.DECODED);
      byte[] bytes = new byte[items.values().size()];
      for (int i = 0; i < bytes.length; i++) {
        Integer number = Folding.small(items.values().get(i));
        if (number == null) {
          return Value.unknown(marks);
        }
        bytes[i] = (byte) (int) number;
      }
      return new Value.Bytes(bytes, marks);
    }
    Integer length = Folding.small(value);
    return length != null && length >= 0 && length < 1 << 20
        ? new Value.Bytes(new byte[length], Marks.NONE)
        : in.unknown();
  }

  private static Value str(Invocation in) {
    Value value = in.argument(0);
    return switch (value) {
      case Value.Text text -> text;
      case Value.Int number -> new Value.Text(number.value().toString(), number.marks());
      case Value.Bytes bytes when in.arguments().size() + in.named().size() > 1 ->
          DecodingCalls.decodedText(bytes);
      default -> Value.unknown(in.marks());
    };
  }

  private static Value integer(Invocation in) {
    if (in.argument(0) instanceof Value.Int number) {
      return number;
    }
    Integer base = Folding.small(in.argument(1, "base"));
    String digits = Value.shown(in.argument(0)).strip().replace("_", "");
    int radix = base == null ? 10 : base;
    if ((radix == 16 && digits.startsWith("0x")) || (radix == 2 && digits.startsWith("0b"))) {
      digits = digits.substring(2);
    }
    if (radix < 2 || radix > 36 || digits.length() > 200_000) {
      return in.unknown();
    }
    try {
      return new Value.Int(new BigInteger(digits, radix), in.marks());
    } catch (NumberFormatException _) {
      return in.unknown();
    }
  }

  private static Value fromBytes(Invocation in) {
    if (!(in.argument(0) instanceof Value.Bytes bytes)) {
      return in.unknown();
    }
    byte[] own = bytes.bytes().clone();
    if (Value.shown(in.argument(1, "byteorder")).equals("little")) {
      for (int i = 0; i < own.length / 2; i++) {
        byte other = own[own.length - 1 - i];
        own[own.length - 1 - i] = own[i];
        own[i] = other;
      }
    }
    return new Value.Int(new BigInteger(1, own), in.marks());
  }

  private static Value len(Invocation in) {
    int length = Folding.length(in.argument(0));
    return length < 0 ? Value.UNKNOWN : Value.integer(length);
  }

  /** {@code iter(function, end)} calls the function, for each element once. */
  private static Value iter(Invocation in) {
    if (in.arguments().size() < 2) {
      return in.evaluator().special().iterated(in.argument(0), in.at());
    }
    return Value.unknown(in.invoke(in.argument(0), List.of()).marks());
  }

  private static Value next(Invocation in) {
    Value iterable = in.evaluator().special().iterated(in.argument(0), in.at());
    List<Value> elements = Folding.elements(iterable);
    return elements == null || elements.isEmpty() ? in.unknown() : elements.getFirst();
  }

  private static Value list(Invocation in) {
    if (in.arguments().isEmpty()) {
      return new Value.Items(new ArrayList<>(), Marks.NONE);
    }
    List<Value> elements = Folding.elements(in.argument(0));
    return elements == null
        ? in.unknown()
        : new Value.Items(new ArrayList<>(elements), in.argument(0).marks());
  }

  private static Value reversed(Invocation in) {
    List<Value> elements = Folding.elements(in.argument(0));
    if (elements == null) {
      return Value.unknown(in.marks().and(Mark.COMPOSED));
    }
    List<Value> turned = new ArrayList<>(elements);
    Collections.reverse(turned);
    return new Value.Items(turned, in.marks().and(Mark.COMPOSED));
  }

  private static Value range(Invocation in) {
    Integer first = Folding.small(in.argument(0));
    Integer second = in.arguments().size() > 1 ? Folding.small(in.argument(1)) : null;
    Integer third = in.arguments().size() > 2 ? Folding.small(in.argument(2)) : Integer.valueOf(1);
    if (first == null
        || third == null
        || third == 0
        || (in.arguments().size() > 1 && second == null)) {
      return in.unknown();
    }
    int from = second == null ? 0 : first;
    int to = second == null ? first : second;
    if (Math.abs((long) to - from) / Math.abs((long) third) > MOST_ELEMENTS) {
      return Value.UNKNOWN;
    }
    List<Value> numbers = new ArrayList<>();
    for (long i = from; third > 0 ? i < to : i > to; i += third) {
      numbers.add(Value.integer(i));
    }
    return new Value.Items(numbers, Marks.NONE);
  }

  private static Value enumerate(Invocation in) {
    List<Value> elements = Folding.elements(in.argument(0));
    Integer start = in.arguments().size() > 1 ? Folding.small(in.argument(1)) : Integer.valueOf(0);
    if (elements == null || start == null) {
      return in.unknown();
    }
    List<Value> pairs = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      pairs.add(pair(Value.integer(start + i), elements.get(i)));
    }
    return new Value.Items(pairs, in.marks());
  }

  private static Value pair(Value first, Value second) {
    return Value.Items.of(new ArrayList<>(List.of(first, second)));
  }

  /** Repeats a key to the length of what it may be laid over. */
  private static Value repeated(Value value) {
    List<Value> elements = Folding.elements(value);
    if (elements == null || elements.isEmpty()) {
      return Value.unknown(value.marks());
    }
    List<Value> long_ = new ArrayList<>();
    while (long_.size() < 100_000) {
      long_.addAll(elements);
    }
    return new Value.Items(long_, value.marks());
  }

  private static Value zip(Invocation in) {
    return zip(in, false);
  }

  private static Value zip(Invocation in, boolean longest) {
    List<List<Value>> columns = new ArrayList<>();
    int rows = longest ? 0 : Integer.MAX_VALUE;
    for (Value argument : in.arguments()) {
      List<Value> column = Folding.elements(argument);
      if (column == null) {
        return in.unknown();
      }
      columns.add(column);
      rows = longest ? Math.max(rows, column.size()) : Math.min(rows, column.size());
    }
    List<Value> zipped = new ArrayList<>();
    for (int i = 0; i < rows && !columns.isEmpty(); i++) {
      List<Value> row = new ArrayList<>();
      for (List<Value> column : columns) {
        row.add(i < column.size() ? column.get(i) : in.named("fillvalue"));
      }
      zipped.add(Value.Items.of(row));
    }
    return new Value.Items(zipped, in.marks());
  }

  private static Value chain(Invocation in) {
    List<Value> all = new ArrayList<>();
    for (Value argument : in.arguments()) {
      List<Value> elements = Folding.elements(argument);
      if (elements == null) {
        return in.unknown();
      }
      all.addAll(elements);
    }
    return new Value.Items(all, in.marks());
  }

  private static Value map(Invocation in) {
    List<Value> elements = Folding.elements(in.argument(1));
    if (elements == null) {
      in.invoke(in.argument(0), List.of(Value.unknown(in.argument(1).marks())));
      return in.unknown();
    }
    List<Value> other = in.arguments().size() > 2 ? Folding.elements(in.argument(2)) : null;
    List<Value> made = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (made.size() > 0 && !in.evaluator().program().mayRepeat()) {
        return in.unknown();
      }
      List<Value> arguments = new ArrayList<>();
      arguments.add(elements.get(i));
      if (other != null && i < other.size()) {
        arguments.add(other.get(i));
      }
      made.add(in.invoke(in.argument(0), arguments));
    }
    return Value.Items.of(made);
  }

  private static Value reduce(Invocation in) {
    List<Value> elements = Folding.elements(in.argument(1));
    if (elements == null || elements.isEmpty()) {
      in.invoke(in.argument(0), List.of(in.argument(1), in.argument(1)));
      return in.unknown();
    }
    boolean start = in.arguments().size() > 2;
    Value value = start ? in.argument(2) : elements.getFirst();
    for (Value element : elements.subList(start ? 0 : 1, elements.size())) {
      if (!in.evaluator().program().mayRepeat()) {
        return in.unknown();
      }
      value = in.invoke(in.argument(0), List.of(value, element));
    }
    return value;
  }

  private static Value dict(Invocation in) {
    Value.Entries entries = new Value.Entries();
    if (!in.arguments().isEmpty()) {
      Value from = in.argument(0);
      entries.mark(in.evaluator().marksOfAll(from));
      if (from instanceof Value.Entries other) {
        other.values().forEach(entries::put);
      } else if (from instanceof Value.Items pairs) {
        for (Value pair : pairs.values()) {
          if (pair instanceof Value.Items two && two.values().size() == 2) {
            entries.put(Value.shown(two.values().getFirst()), two.values().get(1));
          }
        }
      }
    }
    in.named().forEach(entries::put);
    if (entries.marks().has(Mark.ENVIRONMENT)) {
      in.note(Fact.READS_ENVIRONMENT);
    }
    return entries;
  }

  /** A table for {@code translate}: what each character becomes. */
  private static Value translation(Invocation in) {
    Value.Entries table = new Value.Entries();
    List<Value> from = Folding.elements(in.argument(0));
    List<Value> to = Folding.elements(in.argument(1));
    if (in.arguments().size() < 2 || from == null || to == null) {
      return in.arguments().size() == 1 ? in.argument(0) : Value.unknown(in.marks());
    }
    for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
      table.put(letter(from.get(i)), Value.text(letter(to.get(i))));
    }
    return table;
  }

  static String letter(Value value) {
    @Nullable Integer code = Folding.small(value);
    return code != null && Character.isValidCodePoint(code)
        ? Character.toString(code)
        : Value.shown(value);
  }
}
