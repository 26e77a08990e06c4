package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.code.Value.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code "…" % values} and {@code "…".format(values)}, as far as strings are hidden with them. */
final class Formats {
  private Formats() {}

  static Value percent(Text format, Value right) {
    List<Value> values = right instanceof Value.Items items ? items.values() : List.of(right);
    StringBuilder out = new StringBuilder();
    String text = format.text();
    int next = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '%' || i == text.length()) {
        out.append(c);
        continue;
      }
      if (text.charAt(i) == '%') {
        out.append('%');
        i++;
        continue;
      }
      String key = null;
      if (text.charAt(i) == '(') {
        int close = text.indexOf(')', i);
        key = close < 0 ? null : text.substring(i + 1, close);
        i = close < 0 ? i : close + 1;
      }
      while (i < text.length() && "0123456789.-+ #lh*".indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      boolean asCharacter = i < text.length() && text.charAt(i) == 'c';
      i++;
      Value value =
          key != null
              ? named(right, key)
              : next < values.size() ? values.get(next++) : Value.UNKNOWN;
      out.append(
          asCharacter && value instanceof Value.Int number
              ? character(number)
              : Value.shown(value));
      if (out.length() > Folding.MOST_TEXT) {
        return Value.unknown(format.marks().and(right.marks()));
      }
    }
    return new Text(out.toString(), format.marks().and(right.marks()).and(Mark.COMPOSED));
  }

  private static Value named(Value right, String key) {
    Value value = right instanceof Value.Entries entries ? entries.values().get(key) : null;
    return value == null ? Value.UNKNOWN : value;
  }

  private static String character(Value.Int number) {
    Integer code = Folding.small(number);
    return code != null && Character.isValidCodePoint(code)
        ? Character.toString(code)
        : String.valueOf(Value.HOLE);
  }

  static Value format(Text format, List<Value> arguments, Map<String, Value> named) {
    StringBuilder out = new StringBuilder();
    Marks marks = format.marks();
    String text = format.text();
    int next = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      boolean doubled = i < text.length() && text.charAt(i) == c;
      if ((c == '{' || c == '}') && doubled) {
        out.append(c);
        i++;
      } else if (c == '{') {
        int close = text.indexOf('}', i);
        if (close < 0) {
          break;
        }
        String field = text.substring(i, close);
        Value value = field(field, next, arguments, named);
        next += name(field).isEmpty() ? 1 : 0;
        marks = marks.and(value.marks());
        boolean asCharacter = field.endsWith(":c") && value instanceof Value.Int;
        out.append(
            asCharacter && value instanceof Value.Int number
                ? character(number)
                : Value.shown(value));
        i = close + 1;
      } else {
        out.append(c);
      }
      if (out.length() > Folding.MOST_TEXT) {
        return Value.unknown(marks);
      }
    }
    return new Text(out.toString(), marks.and(Mark.COMPOSED));
  }

  /** {@code string.Template}: a name behind a dollar sign, in braces or not. */
  static Value substitute(Text format, Value mapping, Map<String, Value> named) {
    StringBuilder out = new StringBuilder();
    Marks marks = format.marks();
    String text = format.text();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      boolean brace = c == '$' && i < text.length() && text.charAt(i) == '{';
      String name = c == '$' ? name(text.substring(brace ? i + 1 : i)) : "";
      if (name.isEmpty()) {
        out.append(c);
        i += c == '$' && i < text.length() && text.charAt(i) == '$' ? 1 : 0;
        continue;
      }
      i += name.length() + (brace ? 2 : 0);
      Value value = named.get(name);
      value = value == null ? named(mapping, name) : value;
      marks = marks.and(value.marks());
      out.append(Value.shown(value));
      if (out.length() > Folding.MOST_TEXT) {
        return Value.unknown(marks);
      }
    }
    return new Text(out.toString(), marks.and(Mark.COMPOSED));
  }

  private static String name(String field) {
    int end = 0;
    while (end < field.length()
        && (Character.isLetterOrDigit(field.charAt(end)) || field.charAt(end) == '_')) {
      end++;
    }
    return field.substring(0, end);
  }

  private static Value field(
      String field, int next, List<Value> arguments, Map<String, Value> named) {
    String name = name(field);
    @Nullable Value value;
    if (name.isEmpty()) {
      value = next < arguments.size() ? arguments.get(next) : null;
    } else if (Character.isDigit(name.charAt(0)) && name.length() < 6) {
      int index = Integer.parseInt(name.replaceAll("\\D.*+", ""));
      value = index < arguments.size() ? arguments.get(index) : null;
    } else {
      value = named.get(name);
    }
    return value == null ? Value.UNKNOWN : value;
  }
}
