package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
  @TempDir private static Path folder;
  private static TestCertificate certificate;

  @BeforeAll
  static void make() throws Exception {
    certificate = TestCertificate.of(folder, "ip:127.0.0.1");
  }

  private static Outbound trusting(Path caFile) {
    return new Outbound(OutboundSettings.of(Map.of(), caFile));
  }

  @Test
  void trustsAnAuthorityOfTheCaFile() throws Exception {
    try (Outbound outbound = trusting(certificate.pem());
        WireServer server =
            WireServer.startTls(certificate.sockets(), wire -> wire.answer(200, "ok"))) {
      assertThat(Fetches.text(outbound, server.get("/"))).isEqualTo("200 ok");
    }
  }

  @Test
  void refusesAnAuthorityThatItDoesNotKnowBeforeItAsksForAnything() throws Exception {
    try (Outbound outbound = new Outbound(OutboundSettings.direct());
        WireServer server =
            WireServer.startTls(certificate.sockets(), wire -> wire.answer(200, "ok"))) {
      assertThat(Fetches.code(outbound, server.get("/"))).isEqualTo(Code.TLS);
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void refusesACertificateOfAnotherHostBeforeItAsksForAnything() throws Exception {
    try (Outbound outbound = trusting(certificate.pem());
        WireServer server =
            WireServer.startTls(certificate.sockets(), wire -> wire.answer(200, "ok"))) {
      URI other = URI.create("https://localhost:" + server.port() + "/");
      assertThat(Fetches.failure(outbound, OutboundRequest.get(other).named(Origin.of(other))))
          .satisfies(failure -> assertThat(failure.code()).isEqualTo(Code.TLS))
          .satisfies(failure -> assertThat(failure.problem()).contains("localhost"));
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void saysSoWhereTheServerSpeaksNoTls() throws Exception {
    try (Outbound outbound = new Outbound(OutboundSettings.direct());
        ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> answerInPlainText(server));
      URI https = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
      OutboundRequest.Builder request = OutboundRequest.get(https).named(Origin.of(https));
      assertThat(Fetches.code(outbound, request)).isEqualTo(Code.TLS);
    }
  }

  private static void answerInPlainText(ServerSocket server) {
    try (Socket socket = server.accept()) {
      // As a real one, not before it was spoken to: else the client may fail while it still writes.
      assertThat(socket.getInputStream().read()).isNotNegative();
      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has seen enough.
    }
  }

  @Test
  void isNotLeftByARedirect() throws Exception {
    try (Outbound outbound = trusting(certificate.pem());
        WireServer plain = WireServer.start(wire -> wire.answer(200, "anyone's"));
        WireServer server =
            WireServer.startTls(
                certificate.sockets(), wire -> wire.redirect(plain.uri("/").toString()))) {
      OutboundRequest.Builder request = server.get("/").namedHosts(Set.of("127.0.0.1"));
      assertThat(Fetches.failure(outbound, request))
          .hasMessage("it redirects from https to http (REDIRECT)");
      assertThat(plain.heads()).isEmpty();
    }
  }

  @Test
  void mayBeWonByARedirect() throws Exception {
    try (Outbound outbound = trusting(certificate.pem());
        WireServer secure =
            WireServer.startTls(certificate.sockets(), wire -> wire.answer(200, "ok"));
        WireServer server = WireServer.start(wire -> wire.redirect(secure.uri("/").toString()))) {
      OutboundRequest.Builder request = server.get("/").namedHosts(Set.of("127.0.0.1"));
      assertThat(Fetches.text(outbound, request)).isEqualTo("200 ok");
    }
  }

  @Test
  void takesTheCaFileBesidesWhatTheJdkTrusts() throws Exception {
    int jdk = TrustedCertificates.with(certificate.pem()).size() - 1;
    Path two = Files.createTempFile(folder, "two", ".pem");
    Files.write(two, certificate.pemBytes());
    Files.write(
        two,
        TestCertificate.of(Files.createTempDirectory(folder, "second"), "dns:x").pemBytes(),
        StandardOpenOption.APPEND);
    assertThat(jdk).isGreaterThan(50);
    assertThat(TrustedCertificates.with(two).size()).isEqualTo(jdk + 2);
  }

  @Test
  void refusesACaFileWithoutACertificate() throws Exception {
    Path empty = Files.createTempFile(folder, "empty", ".pem");
    assertThatThrownBy(() -> trusting(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ca-file " + empty)
        .hasMessageContaining("no certificate");
  }

  @Test
  void refusesACaFileThatIsNotThere() {
    assertThatThrownBy(() -> trusting(folder.resolve("absent.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.pem");
  }
}
