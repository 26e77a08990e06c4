package dev.gatehouse.cli.gateway;

import picocli.CommandLine.Option;

/** What an answer is written in. */
final class FormatOption {
  /** Named as it is typed. */
  enum Format {
    text,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  boolean isJson() {
    return format == Format.json;
  }
}
