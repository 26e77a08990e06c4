package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.Expression.Parameter;
import dev.gatehouse.inspection.python.Statement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a value of the program that is read. */
sealed interface Value {
  /** Stands in a text for what is not known. */
  char HOLE = '\ufffc';

  /** Of which nothing is known. */
  Value UNKNOWN = new Unknown(Marks.NONE);

  Marks marks();

  /** The same, with more marks. */
  Value with(Marks more);

  /** A string or a path; {@link #HOLE} stands for each unknown part. */
  record Text(String text, Marks marks) implements Value {
    @Override
    public Value with(Marks more) {
      return new Text(text, marks.and(more));
    }
  }

  /** Bytes, all of them known; nobody changes them. */
  final class Bytes implements Value {
    private final byte[] bytes;
    private final Marks marks;

    Bytes(byte[] bytes, Marks marks) {
      this.bytes = bytes;
      this.marks = marks;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public Marks marks() {
      return marks;
    }

    @Override
    public Value with(Marks more) {
      return new Bytes(bytes, marks.and(more));
    }
  }

  /** An integer, or a truth value. */
  record Int(BigInteger value, Marks marks) implements Value {
    @Override
    public Value with(Marks more) {
      return new Int(value, marks.and(more));
    }
  }

  /** {@code None}. */
  record None() implements Value {
    @Override
    public Marks marks() {
      return Marks.NONE;
    }

    @Override
    public Value with(Marks more) {
      return more.isEmpty() ? this : new Unknown(more);
    }
  }

  /** A list, tuple or set; it grows as the program's own does. */
  final class Items implements Value {
    private final List<Value> values;
    private Marks marks;

    Items(List<Value> values, Marks marks) {
      this.values = values;
      this.marks = marks;
    }

    static Items of(List<Value> values) {
      Marks marks = Marks.NONE;
      for (Value value : values) {
        marks = marks.and(value.marks());
      }
      return new Items(values, marks);
    }

    List<Value> values() {
      return values;
    }

    void add(Value value) {
      values.add(value);
      marks = marks.and(value.marks());
    }

    void mark(Marks more) {
      marks = marks.and(more);
    }

    @Override
    public Marks marks() {
      return marks;
    }

    @Override
    public Value with(Marks more) {
      return marks.and(more).equals(marks)
          ? this
          : new Items(new ArrayList<>(values), marks.and(more));
    }
  }

  /** A dictionary with keys that are known; others only leave their marks. */
  final class Entries implements Value {
    private final Map<String, Value> values = new LinkedHashMap<>();
    private Marks marks = Marks.NONE;

    void put(@Nullable String key, Value value) {
      if (key != null) {
        values.put(key, value);
      }
      marks = marks.and(value.marks());
    }

    void mark(Marks more) {
      marks = marks.and(more);
    }

    Map<String, Value> values() {
      return values;
    }

    @Override
    public Marks marks() {
      return marks;
    }

    @Override
    public Value with(Marks more) {
      marks = marks.and(more);
      return this;
    }
  }

  /** Something outside of the program, by its full name: {@code subprocess.Popen}. */
  record Reference(String name, Marks marks) implements Value {
    static Reference to(String name) {
      return new Reference(name, Marks.NONE);
    }

    @Override
    public Value with(Marks more) {
      return new Reference(name, marks.and(more));
    }
  }

  /** A function of the program. */
  record Function(
      String name,
      List<Parameter> parameters,
      List<Statement> body,
      Scope closure,
      Interpreter home)
      implements Value {
    @Override
    public Marks marks() {
      return Marks.NONE;
    }

    @Override
    public Value with(Marks more) {
      return this;
    }
  }

  /** Another module of the same distribution. */
  record Module(String path, String dotted, Scope scope) implements Value {
    @Override
    public Marks marks() {
      return Marks.NONE;
    }

    @Override
    public Value with(Marks more) {
      return this;
    }
  }

  /** A class of the program. */
  record Type(String name, List<Value> bases, Scope members) implements Value {
    @Override
    public Marks marks() {
      return Marks.NONE;
    }

    @Override
    public Value with(Marks more) {
      return this;
    }
  }

  /** An object of a class of the program. */
  final class Instance implements Value {
    private final Type type;
    private final Map<String, Value> attributes = new LinkedHashMap<>();
    private Marks marks = Marks.NONE;

    Instance(Type type) {
      this.type = type;
    }

    Type type() {
      return type;
    }

    Map<String, Value> attributes() {
      return attributes;
    }

    @Override
    public Marks marks() {
      return marks;
    }

    @Override
    public Value with(Marks more) {
      marks = marks.and(more);
      return this;
    }
  }

  /** A method of a value: one of Python's own, by its name. */
  record Method(Value self, String name) implements Value {
    @Override
    public Marks marks() {
      return self.marks();
    }

    @Override
    public Value with(Marks more) {
      return new Method(self.with(more), name);
    }
  }

  /** A function with its first arguments. */
  record Partial(Value function, List<Value> arguments, Map<String, Value> named) implements Value {
    @Override
    public Marks marks() {
      return function.marks();
    }

    @Override
    public Value with(Marks more) {
      return this;
    }
  }

  /**
   * An open file.
   *
   * @param binary whether reading it gives bytes
   */
  record Handle(String path, boolean binary, Marks marks) implements Value {
    @Override
    public Value with(Marks more) {
      return new Handle(path, binary, marks.and(more));
    }
  }

  /** Nothing but its marks is known. */
  record Unknown(Marks marks) implements Value {
    @Override
    public Value with(Marks more) {
      return more.isEmpty() ? this : new Unknown(marks.and(more));
    }
  }

  static Value unknown(Marks marks) {
    return marks.isEmpty() ? UNKNOWN : new Unknown(marks);
  }

  static Text text(String text) {
    return new Text(text, Marks.NONE);
  }

  static Value integer(long value) {
    return new Int(BigInteger.valueOf(value), Marks.NONE);
  }

  /** As it stands in a text: what is not known is a hole. */
  static String shown(Value value) {
    return switch (value) {
      case Text text -> text.text();
      case Bytes bytes -> new String(bytes.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
      case Int number -> number.value().toString();
      case Handle handle -> handle.path();
      default -> String.valueOf(HOLE);
    };
  }

  /** Whether more is known of it than that it exists; decides which of two is kept. */
  static int interest(Value value) {
    int known =
        switch (value) {
          case Unknown _, None _ -> 0;
          case Int _ -> 1;
          default -> 2;
        };
    return known + 4 * Integer.bitCount(value.marks().bits());
  }
}
