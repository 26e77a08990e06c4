package dev.gatehouse.samples;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** As much JSON as pages need, written. */
final class Json {
  private Json() {}

  static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + text(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String array(Collection<String> texts) {
    return texts.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
  }

  static String text(String raw) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
