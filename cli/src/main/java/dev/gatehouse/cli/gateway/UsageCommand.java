package dev.gatehouse.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse gateway usage}: who used what, and what it cost. */
@Command(
    name = "usage",
    description = "Shows what was used, by key, model and day.",
    sortOptions = false)
final class UsageCommand extends GatewayAsking implements Callable<Integer> {
  @Option(
      names = "--by",
      paramLabel = "WORDS",
      defaultValue = "day,key,model",
      description =
          "of day, key, user, team, provider, model, and end-user or tag, with commas (default: day,key,model)")
  private String by = "day,key,model";

  @Option(
      names = "--since",
      paramLabel = "DAY",
      description = "such as 2026-03-24 (default: 30 days before --until)")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "DAY", description = "(default: today, UTC)")
  private @Nullable String until;

  @Option(names = "--key", paramLabel = "NAME", description = "of this key alone")
  private @Nullable String key;

  @Option(names = "--end-user", paramLabel = "TEXT", description = "of this end user alone")
  private @Nullable String endUser;

  @Option(names = "--tag", paramLabel = "TEXT", description = "of calls with this tag alone")
  private @Nullable String tag;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json,
    csv
  }

  UsageCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    StringBuilder query = new StringBuilder("usage?by=").append(encoded(by));
    add(query, "from", since);
    add(query, "to", until);
    add(query, "key", key);
    add(query, "end-user", endUser);
    add(query, "tag", tag);
    return ask(
        administration -> {
          switch (format) {
            case text -> table(administration.get(query.toString()));
            case json -> printJson(administration.get(query.toString()));
            case csv -> out().print(administration.getText(query.append("&format=csv").toString()));
          }
        });
  }

  private void table(JsonNode usage) {
    List<String> columns = new ArrayList<>(List.of(by.split(",", -1)));
    columns.addAll(List.of("calls", "input-tokens", "output-tokens", "nano-usd"));
    Answers.table(usage.path("usage"), columns.toArray(String[]::new)).forEach(out()::println);
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(encoded(value));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
