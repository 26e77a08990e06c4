package dev.gatehouse.packaging.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.PythonReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the division into headers and body against Python's {@code email}, which every installer
 * uses.
 */
class HeaderBlockReferenceIT {
  private static final int CASES = 5_000;
  private static final List<String> LINES =
      List.of(
          "Name: foo",
          "Version: 1.0",
          "Requires-Dist: bar",
          "X:",
          "X:  y ",
          "name:z",
          "",
          "",
          " folded",
          "\tfolded",
          " ",
          ": nameless",
          "From me",
          "From: me",
          "no header",
          "Two Words: x",
          "\u007f: del",
          "X : y",
          "a:b:c",
          "-");
  private static final List<String> BREAKS = List.of("\n", "\n", "\n", "\r\n", "\r", "");

  @TempDir Path folder;

  @Test
  void dividesHeadersAndBodyAsPythonDoes() throws Exception {
    Random random = new Random(822);
    PythonReference reference = new PythonReference(folder);
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      StringBuilder text = new StringBuilder();
      for (int line = random.nextInt(8); line >= 0; line--) {
        text.append(LINES.get(random.nextInt(LINES.size())))
            .append(BREAKS.get(random.nextInt(BREAKS.size())));
      }
      asked.add(text.toString());
      reference.ask("headers", Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8)));
    }
    List<String> answers = reference.answers();
    for (int i = 0; i < CASES; i++) {
      List<String> own = described(HeaderBlock.parse(asked.get(i)));
      List<String> expected = decoded(answers.get(i));
      // Python puts an envelope line that ends the headers back into the body, where it changes no
      // header.
      boolean envelope = asked.get(i).contains("From me");
      assertThat(envelope ? own.subList(0, own.size() - 1) : own)
          .as(asked.get(i))
          .isEqualTo(envelope ? expected.subList(0, expected.size() - 1) : expected);
    }
  }

  private static List<String> described(HeaderBlock block) {
    List<String> parts = new ArrayList<>();
    block.headers().forEach(header -> parts.add(header.name() + "=" + header.value()));
    parts.add(block.body());
    return parts;
  }

  private static List<String> decoded(String answer) {
    List<String> parts = new ArrayList<>();
    String[] fields = new String(Base64.getDecoder().decode(answer), UTF_8).split("\0", -1);
    for (int i = 0; i < fields.length - 1; i++) {
      int equals = fields[i].indexOf('=');
      parts.add(fields[i].substring(0, equals + 1) + fields[i].substring(equals + 1).strip());
    }
    parts.add(fields[fields.length - 1]);
    return parts;
  }
}
