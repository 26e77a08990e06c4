package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.inbound.ServerKeys;
import dev.gatehouse.inbound.TlsFiles;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.WheelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  @TempDir Path temporary;
  private final FakeIndex upstream = FakeIndex.start();

  @BeforeEach
  void publish() {
    upstream.publish(WheelBuilder.wheel("demo", "1.0").build());
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private RunningIndex serve(TlsFiles files) {
    return RunningIndex.in(temporary.resolve("data")).upstream(upstream.uri()).tls(files).start();
  }

  @Test
  void isServedWithTheGivenCertificate() throws Exception {
    ServerKeys ours = ServerKeys.make(temporary, "ours");
    try (RunningIndex index = serve(ours.files())) {
      URI page = index.address().resolve("simple/demo/");

      assertThat(page.getScheme()).isEqualTo("https");
      try (HttpClient client = HttpClient.newBuilder().sslContext(ours.trusting()).build()) {
        assertThat(
                client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body())
            .contains("demo-1.0");
      }
    }
  }

  @Test
  void isRefusedAtTheStartWithoutAKey() throws Exception {
    Path noKey = Files.writeString(temporary.resolve("key.pem"), "nothing");
    Path certificate = ServerKeys.make(temporary, "ours").certificate();

    assertThatThrownBy(() -> serve(new TlsFiles(certificate, noKey)))
        .hasStackTraceContaining("holds no unencrypted PKCS #8 key");
  }

  @Test
  void isRefusedAtTheStartWithoutACertificate() throws Exception {
    Path noCertificate = Files.writeString(temporary.resolve("cert.pem"), "nothing");
    Path key = ServerKeys.make(temporary, "ours").key();

    assertThatThrownBy(() -> serve(new TlsFiles(noCertificate, key)))
        .hasStackTraceContaining(noCertificate.toString());
  }

  @Test
  void isRefusedAtTheStartWithTheKeyOfAnotherCertificate() throws Exception {
    Path ours = ServerKeys.make(temporary, "ours").certificate();
    Path theirs = ServerKeys.make(temporary, "theirs").key();

    assertThatThrownBy(() -> serve(new TlsFiles(ours, theirs)))
        .hasStackTraceContaining("do not belong together");
  }
}
