package dev.gatehouse.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.secret.KeyReference;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.KeyEncryption;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayReaderTest {
  @TempDir private Path folder;

  private GatewaySettings read(String text) throws ConfigurationException {
    return new GatewayReader(Map.of("BASE", "https://eu.example.com/"), null, null, null)
        .read(folder.resolve("gatehouse.toml"), text)
        .settings();
  }

  @Test
  void readsEveryKeyThatThereIs() throws Exception {
    Files.createFile(folder.resolve("cert.pem"));
    Files.createFile(folder.resolve("key.pem"));
    String text =
        """
        [gateway]
        listen = "0.0.0.0:9000"
        admin-listen = "127.0.0.1:9001"
        data = "kept"
        tls-certificate = "cert.pem"
        tls-key = "key.pem"
        trusted-proxies = ["192.0.2.10"]
        alarm-webhook = "env:HOOK"
        key-encryption = "vault-transit:transit/gatehouse"
        retries = 5
        allowed-fails = 1
        cooldown = "30s"
        default-fallbacks = ["careful"]
        drop-unsupported = true
        allow-unpriced = true
        largest-request = 2048

        [gateway.aliases]
        gpt-4 = "fast"

        [[gateway.provider]]
        name = "azure"
        type = "azure"
        base-url = "env:BASE"
        api-key = "vault:secret/azure#key"
        timeout = "45s"
        allow-private-address = true
        api-version = "2025-04-01-preview"
        stream-usage = false
        organization = "org-1"
        project = "p-1"

        [[gateway.provider]]
        name = "aws"
        type = "bedrock"
        region = "eu-central-1"
        access-key-id = "env:ID"
        secret-access-key = "file:secret"
        session-token = "env:SESSION"

        [[gateway.model]]
        name = "fast"
        provider = "azure"
        model = "mini"
        input-price = "0.25"
        output-price = "2.00"
        cache-read-price = "0.025"
        cache-write-price = "0.3"
        cache-write-long-price = "0.5"
        retries = 1
        timeout = "10s"
        weight = 3
        requests-per-minute = 60
        tokens-per-minute = 1000
        fallbacks = ["careful"]
        context-window-fallbacks = ["long"]
        content-policy-fallbacks = ["other"]
        """;

    assertThat(read(text))
        .isEqualTo(
            new GatewaySettings(
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9000),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9001),
                new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem")),
                List.of(AddressRange.parse("192.0.2.10")),
                folder.resolve("kept"),
                new KeyReference.Variable("HOOK"),
                new KeyEncryption.VaultTransit("transit", "gatehouse"),
                new GatewaySettings.Models(
                    List.of(
                        new ProviderSettings(
                            "azure",
                            ProviderType.AZURE,
                            URI.create("https://eu.example.com"),
                            new KeyReference.Vault("secret/azure", "key"),
                            Duration.ofSeconds(45),
                            true,
                            "2025-04-01-preview",
                            false,
                            null,
                            "org-1",
                            "p-1"),
                        new ProviderSettings(
                            "aws",
                            ProviderType.BEDROCK,
                            URI.create("https://bedrock-runtime.eu-central-1.amazonaws.com"),
                            null,
                            Duration.ofSeconds(60),
                            false,
                            null,
                            true,
                            new ProviderSettings.Aws(
                                "eu-central-1",
                                new KeyReference.Variable("ID"),
                                new KeyReference.InFile("secret"),
                                new KeyReference.Variable("SESSION")),
                            null,
                            null)),
                    List.of(
                        new ModelSettings(
                            "fast",
                            "azure",
                            "mini",
                            new ModelSettings.Prices(
                                new BigDecimal("0.25"),
                                new BigDecimal("2.00"),
                                new BigDecimal("0.025"),
                                new BigDecimal("0.3"),
                                new BigDecimal("0.5")),
                            1,
                            Duration.ofSeconds(10),
                            3,
                            60,
                            1000,
                            List.of("careful"),
                            List.of("long"),
                            List.of("other"))),
                    Map.of("gpt-4", "fast"),
                    5,
                    1,
                    Duration.ofSeconds(30),
                    List.of("careful"),
                    true,
                    true,
                    2048)));

    // A key that this file leaves out is a key that this test does not show to work.
    assertThat(Setting.values())
        .filteredOn(setting -> setting.table().key().startsWith("gateway"))
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(text).contains("\n" + setting.key() + " = "));
  }

  @Test
  void startsWithoutAnything() throws ConfigurationException {
    GatewaySettings settings = read("");

    assertThat(settings.listen().getPort()).isEqualTo(8585);
    assertThat(settings.adminListen().getPort()).isEqualTo(8586);
    assertThat(settings.data()).isEqualTo(folder.resolve("gatehouse-gateway-data"));
    assertThat(settings.models().providers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name = \"a\" ; type = \"openai\" ; api-key = \"sk-canary\" | a secret itself does not belong",
        "name = \"a\" ; type = \"openai\" ; base-url = \"http://10.0.0.1/v1\" | unencrypted",
        "name = \"a\" ; type = \"openai\" ; base-url = \"https://u:canary@x/v1\" | without user",
        "name = \"a\" ; type = \"azure\" | base-url is missing",
        "name = \"a\" ; type = \"opnai\" | must be \"openai\"",
        "name = \"a\" ; type = \"openai\" ; region = \"eu-central-1\" | is for the type bedrock",
        "name = \"a\" ; type = \"openai\" ; base-url = \"env:NONE\" | is not set",
        "name = \"a/b\" ; type = \"openai\" | must be 1 to 64",
      })
  void refusesAProviderThatWouldBeUnsafeOrIsUnclear(String keys, String why) {
    String text = "[[gateway.provider]]\n" + keys.replace(" ; ", "\n") + "\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("canary");
  }

  @Test
  void namesTheNearestProviderAndAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    [[gateway.provider]]
                    name = "openai"
                    type = "openai"
                    [[gateway.model]]
                    name = "fast"
                    provider = "opnai"
                    model = "m"
                    input-price = "0.25"
                    weight = 0
                    """))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("gatehouse.toml:6:")
        .hasMessageContaining("did you mean openai?")
        .hasMessageContaining("together or not at all")
        .hasMessageContaining("gatehouse.toml:9:");
  }
}
