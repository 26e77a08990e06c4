package dev.gatehouse.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.docs.Checkout;
import dev.gatehouse.gateway.inference.Catalog;
import dev.gatehouse.gateway.price.PriceTable;
import dev.gatehouse.gateway.settings.GatewaySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportLiteLlmCommandTest {
  private static final String HONOURED =
      """
      model_list:
        - model_name: fast
          litellm_params: {model: openai/gpt-5-mini, api_key: CANARY-in-the-open}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String yaml, String... options) throws IOException {
    Path config = Files.writeString(folder.resolve("config.yaml"), yaml);
    String[] words = new String[options.length + 3];
    words[0] = "gateway";
    words[1] = "import-litellm";
    words[2] = config.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    return Commands.of(Map.of())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  @Test
  void writesTheConfigurationAndSaysWhatToDo() throws Exception {
    Path toml = folder.resolve("gatehouse.toml");

    assertThat(run(HONOURED, "--output", toml.toString())).isZero();

    assertThat(toml).content().contains("name = \"fast\"").contains("api-key = \"stored\"");
    assertThat(out.toString())
        .startsWith("Wrote 1 provider and 1 model to ")
        .contains("To be done by you (1):")
        .contains("config.yaml:3: litellm_params.api_key")
        .contains("gatehouse gateway provider set-key openai")
        .doesNotContain("Not honoured")
        .doesNotContain("CANARY");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsWithOneWhereSomethingIsNotHonoured() throws Exception {
    assertThat(run(HONOURED + "litellm_settings:\n  cache: true\n")).isOne();

    assertThat(out.toString()).startsWith("# Written by ").doesNotContain("Not honoured");
    assertThat(err.toString())
        .contains("Not honoured (1):\nconfig.yaml:5: litellm_settings.cache\n")
        .doesNotContain("CANARY");
  }

  @Test
  void replacesItsOwnFileAndNoOther() throws Exception {
    Path toml = folder.resolve("gatehouse.toml");
    Files.writeString(toml, "[index]\n");

    assertThat(run(HONOURED, "--output", toml.toString())).isEqualTo(2);
    assertThat(toml).hasContent("[index]");
    assertThat(err.toString()).contains("add --force").doesNotContain("\tat ");

    assertThat(run(HONOURED, "--output", toml.toString(), "--force")).isZero();
    assertThat(run(HONOURED, "--output", toml.toString())).isZero();
    assertThat(toml).content().contains("[gateway]");
  }

  @ParameterizedTest
  @CsvSource({"one, 1, 1", "five, 4, 5", "twenty, 12, 15", "sixty, 43, 53"})
  void writesWhatTheGatewayReads(String name, int providers, int models) throws Exception {
    Path toml =
        Checkout.root()
            .resolve("gateway/src/test/resources/dev/gatehouse/gateway/litellm")
            .resolve(name)
            .resolve("gatehouse.toml");
    Map<String, String> environment =
        Map.of(
            "AZURE_US_BASE", "https://acme-us.openai.azure.com",
            "AZURE_API_VERSION", "2025-04-01-preview",
            "AWS_REGION", "eu-central-1");

    GatewaySettings.Models read =
        new GatewayReader(environment, null, null, null)
            .read(toml, Files.readString(toml))
            .settings()
            .models();

    assertThat(read.providers()).hasSize(providers);
    assertThat(read.models()).hasSize(models);
    // What names a model must find it.
    assertThat(new Catalog(read, PriceTable.builtIn()).table()).isNotNull();
  }

  @Test
  void saysInTwoLinesWhatIsNoConfiguration() throws Exception {
    assertThat(run("- a\n")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("Could not import ")
        .endsWith("it is no mapping of keys to values.");
  }

  @Test
  void saysThatThereIsNoFile() {
    int code =
        Commands.of(Map.of())
            .setErr(new PrintWriter(err, true))
            .execute("gateway", "import-litellm", folder.resolve("none.yaml").toString());

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("there is no such file");
  }
}
