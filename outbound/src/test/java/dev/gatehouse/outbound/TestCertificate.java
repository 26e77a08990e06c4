package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that vouches for itself, made by the JDK's keytool. */
final class TestCertificate {
  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final Path pem;

  private TestCertificate(Path keys, Path pem) {
    this.keys = keys;
    this.pem = pem;
  }

  /**
   * Makes one.
   *
   * @param names as keytool writes them: {@code dns:example.com,ip:127.0.0.1}
   */
  static TestCertificate of(Path folder, String names) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path pem = folder.resolve("certificate.pem");
    keytool(
        keys,
        "-genkeypair -keyalg EC -dname CN=test -validity 2 -storetype PKCS12 -ext san=" + names);
    keytool(keys, "-exportcert -rfc -file " + pem);
    return new TestCertificate(keys, pem);
  }

  private static void keytool(Path keys, String command) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String all = command + " -alias test -storepass " + PASSWORD + " -keystore " + keys;
    Process process =
        new ProcessBuilder((tool + " " + all).split(" ", -1)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  Path pem() {
    return pem;
  }

  byte[] pemBytes() throws IOException {
    return Files.readAllBytes(pem);
  }

  ServerSocketFactory sockets() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
