package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.client.TextTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The administration's answers, as people read them. */
final class Answers {
  private Answers() {}

  /** A part of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A table of some members of each row; the heads are the members' names. */
  static List<String> table(JsonNode rows, String... members) {
    List<List<String>> words = new ArrayList<>();
    words.add(
        List.of(members).stream()
            .map(member -> member.toUpperCase(Locale.ROOT).replace('-', ' '))
            .toList());
    for (JsonNode row : rows) {
      words.add(List.of(members).stream().map(member -> word(row.path(member))).toList());
    }
    return TextTable.aligned(words);
  }

  private static String word(JsonNode value) {
    if (value.isArray()) {
      return value.isEmpty()
          ? "all"
          : StreamSupport.stream(value.spliterator(), false)
              .map(Answers::word)
              .collect(Collectors.joining(","));
    }
    if (value.isObject()) {
      return value.path("name").asString(value.path("at").asString("-"));
    }
    return value.isNull() || value.isMissingNode() ? "-" : value.asString("-");
  }
}
