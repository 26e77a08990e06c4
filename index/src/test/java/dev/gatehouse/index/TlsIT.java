package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.index.settings.TlsFiles;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path temporary;
  private final FakeIndex upstream = FakeIndex.start();

  @BeforeEach
  void publish() {
    upstream.publish(WheelBuilder.wheel("demo", "1.0").build());
  }

  private KeyStore keys(String name) throws Exception {
    Path store = temporary.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private Path pem(String name, String label, byte[] der) throws Exception {
    String text =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(
                label, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der));
    return Files.writeString(temporary.resolve(name), text);
  }

  private Path certificate(KeyStore keys, String name) throws Exception {
    return pem(name, "CERTIFICATE", keys.getCertificate("server").getEncoded());
  }

  private Path key(KeyStore keys, String name) throws Exception {
    return pem(name, "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
  }

  private RunningIndex serve(TlsFiles files) {
    return RunningIndex.in(temporary.resolve("data")).upstream(upstream.uri()).tls(files).start();
  }

  @Test
  void isServedWithTheGivenCertificate() throws Exception {
    KeyStore keys = keys("ours");
    try (RunningIndex index =
        serve(new TlsFiles(certificate(keys, "cert.pem"), key(keys, "key.pem")))) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", keys.getCertificate("server"));
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      URI page = index.address().resolve("simple/demo/");

      assertThat(page.getScheme()).isEqualTo("https");
      try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
        assertThat(
                client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body())
            .contains("demo-1.0");
      }
    }
  }

  @Test
  void isRefusedAtTheStartWithoutAKey() throws Exception {
    KeyStore keys = keys("ours");
    Path noKey = Files.writeString(temporary.resolve("key.pem"), "nothing");

    assertThatThrownBy(() -> serve(new TlsFiles(certificate(keys, "cert.pem"), noKey)))
        .hasStackTraceContaining("holds no unencrypted PKCS #8 key");
  }

  @Test
  void isRefusedAtTheStartWithTheKeyOfAnotherCertificate() throws Exception {
    Path ours = certificate(keys("ours"), "cert.pem");
    Path theirs = key(keys("theirs"), "key.pem");

    assertThatThrownBy(() -> serve(new TlsFiles(ours, theirs)))
        .hasStackTraceContaining("do not belong together");
  }
}
