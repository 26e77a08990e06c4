package dev.gatehouse.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.cli.configuration.Setting;
import dev.gatehouse.cli.configuration.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The reference pages hold what the code says. To bring them up to date: {@code ./test -pl cli -am
 * -Dgatehouse.docs.write=true}
 */
class ReferencePagesTest {
  private static final Path DOCS = Checkout.root().resolve("docs");
  private static final String BEGIN = "<!-- made from the code: begin -->\n";
  private static final String END = "<!-- made from the code: end -->\n";

  @Test
  void theConfigurationPageHasEverySetting() throws IOException {
    StringBuilder page = new StringBuilder();
    for (Table table : Table.values()) {
      page.append("\n## `").append(table).append("`\n\n").append(table.meaning()).append(' ');
      page.append(
          table.isReloaded()
              ? "Changes take effect while the server runs."
              : "Changes take effect at the next start.");
      page.append("\n\n| key | takes | default | what it does |\n| --- | --- | --- | --- |\n");
      for (Setting setting : table.settings()) {
        page.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(setting.key(), setting.type(), setting.standard(), setting.meaning()));
      }
    }
    check("configuration.md", page.append('\n').toString());
  }

  @Test
  void theCommandsPageHasEveryCommand() throws IOException {
    StringBuilder page = new StringBuilder();
    for (CommandLine command : withSubcommands(Commands.of(Map.of()))) {
      page.append("\n## `")
          .append(command.getCommandSpec().qualifiedName())
          .append("`\n\n```text\n");
      page.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).append("```\n");
    }
    check("commands.md", page.append('\n').toString());
  }

  private static List<CommandLine> withSubcommands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command
        .getSubcommands()
        .values()
        .forEach(subcommand -> all.addAll(withSubcommands(subcommand)));
    return all;
  }

  private static void check(String name, String made) throws IOException {
    Path file = DOCS.resolve(name);
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin)
        .as("the marks in " + file)
        .isGreaterThanOrEqualTo(BEGIN.length())
        .isLessThanOrEqualTo(end);
    if (Boolean.getBoolean("gatehouse.docs.write")) {
      Files.writeString(file, page.substring(0, begin) + made + page.substring(end));
    } else {
      assertThat(page.substring(begin, end)).isEqualTo(made);
    }
  }
}
