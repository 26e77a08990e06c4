package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.code.Value.Bytes;
import dev.gatehouse.inspection.code.Value.Entries;
import dev.gatehouse.inspection.code.Value.Int;
import dev.gatehouse.inspection.code.Value.Items;
import dev.gatehouse.inspection.code.Value.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators of Python on what is known. */
final class Folding {
  static final int MOST_TEXT = 8 * 1024 * 1024;
  private static final int MOST_ELEMENTS = 300_000;
  private static final int MOST_BITS = 1 << 20;

  /** Text of this length, put together from characters by their numbers, hides what it says. */
  static final int SPELLED = 4;

  private Folding() {}

  static Value binary(String operator, Value left, Value right) {
    Marks marks = left.marks().and(right.marks());
    Value folded =
        switch (operator) {
          case "+" -> plus(left, right, marks);
          case "/" -> path(left, right, marks);
          case "*" -> times(left, right, marks);
          case "%" -> left instanceof Text text ? Formats.percent(text, right) : null;
          case "and", "or" -> either(operator, left, right);
          case "==", "!=", "<", ">", "<=", ">=" -> compare(operator, left, right);
          case "in", "not" -> contains(operator, left, right);
          case "|" -> left instanceof Entries entries ? merged(entries, right) : null;
          default -> null;
        };
    if (folded == null && left instanceof Int a && right instanceof Int b) {
      folded = arithmetic(operator, a.value(), b.value());
    }
    return folded == null ? Value.unknown(marks) : folded.with(marks);
  }

  private static @Nullable Value plus(Value left, Value right, Marks marks) {
    if (left instanceof Bytes a && right instanceof Bytes b) {
      if ((long) a.bytes().length + b.bytes().length > MOST_TEXT) {
        return null;
      }
      byte[] both = Arrays.copyOf(a.bytes(), a.bytes().length + b.bytes().length);
      System.arraycopy(b.bytes(), 0, both, a.bytes().length, b.bytes().length);
      return new Bytes(both, marks.and(Mark.COMPOSED));
    }
    if (left instanceof Items a) {
      List<Value> more = elements(right);
      if (more != null && a.values().size() + more.size() < MOST_ELEMENTS) {
        List<Value> both = new ArrayList<>(a.values());
        both.addAll(more);
        return new Items(both, marks);
      }
      return new Items(new ArrayList<>(a.values()), marks);
    }
    if (left instanceof Text || right instanceof Text) {
      return joined(Value.shown(left), Value.shown(right), marks);
    }
    return null;
  }

  static @Nullable Value joined(String left, String right, Marks marks) {
    if ((long) left.length() + right.length() > MOST_TEXT) {
      return null;
    }
    boolean composed =
        !left.isEmpty()
            && !right.isEmpty()
            && left.charAt(left.length() - 1) != Value.HOLE
            && right.charAt(0) != Value.HOLE;
    Marks all = composed ? marks.and(Mark.COMPOSED) : marks;
    boolean spelled = marks.has(Mark.CHARACTER) && left.length() + right.length() >= SPELLED;
    return new Text(left + right, spelled ? all.and(Mark.DECODED) : all);
  }

  /** {@code pathlib}'s operator. */
  private static @Nullable Value path(Value left, Value right, Marks marks) {
    if (left instanceof Int || !(left instanceof Text || right instanceof Text)) {
      return null;
    }
    return new Text(Value.shown(left) + "/" + Value.shown(right), marks);
  }

  private static @Nullable Value times(Value left, Value right, Marks marks) {
    if (left instanceof Int && !(right instanceof Int)) {
      return times(right, left, marks);
    }
    if (!(right instanceof Int number) || number.value().bitLength() > 24) {
      return null;
    }
    int count = Math.max(0, number.value().intValue());
    return switch (left) {
      case Text text when (long) text.text().length() * count < MOST_TEXT ->
          new Text(text.text().repeat(count), marks);
      case Bytes bytes when (long) bytes.bytes().length * count < MOST_TEXT -> {
        byte[] repeated = new byte[bytes.bytes().length * count];
        for (int i = 0; i < repeated.length; i++) {
          repeated[i] = bytes.bytes()[i % bytes.bytes().length];
        }
        yield new Bytes(repeated, marks);
      }
      case Items items when (long) items.values().size() * count < MOST_ELEMENTS -> {
        List<Value> repeated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          repeated.addAll(items.values());
        }
        yield new Items(repeated, marks);
      }
      default -> null;
    };
  }

  private static Value either(String operator, Value left, Value right) {
    Boolean truth = truth(left);
    if (truth != null) {
      return truth == operator.equals("or") ? left : right;
    }
    return Value.interest(right) >= Value.interest(left) ? right : left;
  }

  private static @Nullable Value compare(String operator, Value left, Value right) {
    Integer order = null;
    if (left instanceof Int a && right instanceof Int b) {
      order = a.value().compareTo(b.value());
    } else if (isKnown(left) && isKnown(right)) {
      order = Value.shown(left).compareTo(Value.shown(right));
    }
    if (order == null) {
      return null;
    }
    return bool(
        switch (operator) {
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case "<" -> order < 0;
          case ">" -> order > 0;
          case "<=" -> order <= 0;
          default -> order >= 0;
        });
  }

  private static @Nullable Value contains(String operator, Value left, Value right) {
    if (isKnown(left) && isKnown(right)) {
      return bool(Value.shown(right).contains(Value.shown(left)) == operator.equals("in"));
    }
    return null;
  }

  /** Whether all of a text is known. */
  static boolean isKnown(Value value) {
    return value instanceof Bytes
        || (value instanceof Text text && text.text().indexOf(Value.HOLE) < 0);
  }

  private static Value merged(Entries left, Value right) {
    Entries merged = new Entries();
    left.values().forEach(merged::put);
    if (right instanceof Entries other) {
      other.values().forEach(merged::put);
    }
    merged.mark(left.marks().and(right.marks()));
    return merged;
  }

  static Value bool(boolean value) {
    return new Int(value ? BigInteger.ONE : BigInteger.ZERO, Marks.NONE);
  }

  private static @Nullable Value arithmetic(String operator, BigInteger a, BigInteger b) {
    boolean shift = operator.equals("<<") || operator.equals(">>") || operator.equals("**");
    if (a.bitLength() > MOST_BITS || b.bitLength() > (shift ? 20 : MOST_BITS)) {
      return null;
    }
    boolean division = operator.equals("//") || operator.equals("%");
    if (division && b.signum() == 0) {
      return null;
    }
    BigInteger result =
        switch (operator) {
          case "+" -> a.add(b);
          case "-" -> a.subtract(b);
          case "*" -> a.multiply(b);
          case "^" -> a.xor(b);
          case "&" -> a.and(b);
          case "|" -> a.or(b);
          case "<<" ->
              b.signum() < 0 || a.bitLength() + b.intValue() > MOST_BITS
                  ? null
                  : a.shiftLeft(b.intValue());
          case ">>" -> b.signum() < 0 ? null : a.shiftRight(b.intValue());
          case "**" ->
              b.signum() < 0 || (long) a.bitLength() * b.intValue() > MOST_BITS
                  ? null
                  : a.pow(b.intValue());
          case "//" -> floor(a, b);
          case "%" -> a.subtract(floor(a, b).multiply(b));
          default -> null;
        };
    return result == null ? null : new Int(result, Marks.NONE);
  }

  private static BigInteger floor(BigInteger a, BigInteger b) {
    BigInteger[] parts = a.divideAndRemainder(b);
    return parts[1].signum() != 0 && parts[1].signum() != b.signum()
        ? parts[0].subtract(BigInteger.ONE)
        : parts[0];
  }

  static Value unary(String operator, Value operand) {
    if (operator.equals("not")) {
      Boolean truth = truth(operand);
      return truth == null ? Value.unknown(operand.marks()) : bool(!truth);
    }
    if (operand instanceof Int number) {
      return switch (operator) {
        case "-" -> new Int(number.value().negate(), number.marks());
        case "~" -> new Int(number.value().not(), number.marks());
        default -> operand;
      };
    }
    return Value.unknown(operand.marks());
  }

  /** Whether it is true; null where that is not known. */
  static @Nullable Boolean truth(Value value) {
    return switch (value) {
      case Int number -> number.value().signum() != 0;
      case Text text -> text.text().isEmpty() ? Boolean.FALSE : isKnown(text) ? true : null;
      case Bytes bytes -> bytes.bytes().length > 0;
      case Value.None _ -> Boolean.FALSE;
      default -> null;
    };
  }

  /** What a loop over it sees; null where that is not known. */
  static @Nullable List<Value> elements(Value value) {
    return switch (value) {
      case Items items -> items.values();
      case Text text when isKnown(text) && text.text().length() < MOST_ELEMENTS -> {
        List<Value> letters = new ArrayList<>();
        text.text()
            .codePoints()
            .forEach(c -> letters.add(new Text(Character.toString(c), text.marks())));
        yield letters;
      }
      case Bytes bytes when bytes.bytes().length < MOST_ELEMENTS -> {
        List<Value> numbers = new ArrayList<>();
        for (byte b : bytes.bytes()) {
          numbers.add(new Int(BigInteger.valueOf(b & 0xff), bytes.marks()));
        }
        yield numbers;
      }
      case Entries entries -> {
        List<Value> keys = new ArrayList<>();
        entries.values().keySet().forEach(key -> keys.add(Value.text(key)));
        yield keys;
      }
      default -> null;
    };
  }

  /** {@code value[lower:upper:step]}, any of which may be missing. */
  static Value slice(
      Value value, @Nullable Value lower, @Nullable Value upper, @Nullable Value step) {
    Integer stride = step == null ? Integer.valueOf(1) : small(step);
    int length = length(value);
    if (stride == null || stride == 0 || length < 0) {
      return Value.unknown(value.marks());
    }
    Integer from = bound(lower, length, stride > 0 ? 0 : length - 1, stride);
    Integer to = bound(upper, length, stride > 0 ? length : -1, stride);
    if (from == null || to == null) {
      return Value.unknown(value.marks());
    }
    List<Integer> indices = new ArrayList<>();
    for (int i = from; stride > 0 ? i < to : i > to; i += stride) {
      indices.add(i);
    }
    Marks marks = stride == 1 ? value.marks() : value.marks().and(Mark.COMPOSED);
    return picked(value, indices, marks);
  }

  private static Value picked(Value value, List<Integer> indices, Marks marks) {
    return switch (value) {
      case Text text -> {
        StringBuilder letters = new StringBuilder();
        indices.forEach(i -> letters.append(text.text().charAt(i)));
        yield new Text(letters.toString(), marks);
      }
      case Bytes bytes -> {
        byte[] own = new byte[indices.size()];
        for (int i = 0; i < own.length; i++) {
          own[i] = bytes.bytes()[indices.get(i)];
        }
        yield new Bytes(own, marks);
      }
      case Items items -> {
        List<Value> own = new ArrayList<>();
        indices.forEach(i -> own.add(items.values().get(i)));
        yield new Items(own, marks);
      }
      default -> Value.unknown(marks);
    };
  }

  private static @Nullable Integer bound(
      @Nullable Value value, int length, int missing, int stride) {
    if (value == null || value instanceof Value.None) {
      return missing;
    }
    Integer number = small(value);
    if (number == null) {
      return null;
    }
    int index = number < 0 ? number + length : number;
    return stride > 0 ? Math.clamp(index, 0, length) : Math.clamp(index, -1, length - 1);
  }

  static Value index(Value value, Value index) {
    Integer number = small(index);
    int length = length(value);
    if (number == null || length < 0) {
      return Value.unknown(value.marks());
    }
    int at = number < 0 ? number + length : number;
    if (at < 0 || at >= length) {
      return Value.unknown(value.marks());
    }
    return switch (value) {
      case Text text -> new Text(text.text().substring(at, at + 1), text.marks());
      case Bytes bytes -> new Int(BigInteger.valueOf(bytes.bytes()[at] & 0xff), bytes.marks());
      case Items items -> items.values().get(at);
      default -> Value.unknown(value.marks());
    };
  }

  /** How long it is; -1 where that is not known. */
  static int length(Value value) {
    return switch (value) {
      case Text text when isKnown(text) -> text.text().length();
      case Bytes bytes -> bytes.bytes().length;
      case Items items -> items.values().size();
      case Entries entries -> entries.values().size();
      default -> -1;
    };
  }

  static @Nullable Integer small(Value value) {
    return value instanceof Int number && number.value().bitLength() < 31
        ? Integer.valueOf(number.value().intValue())
        : null;
  }
}
