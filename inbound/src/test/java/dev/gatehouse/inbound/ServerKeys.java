package dev.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key of a server on loopback and its certificate, made by the JDK's own {@code keytool}. */
public final class ServerKeys {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  private final Path folder;
  private final String name;
  private final KeyStore keys;

  private ServerKeys(Path folder, String name, KeyStore keys) {
    this.folder = folder;
    this.name = name;
    this.keys = keys;
  }

  /** Makes a pair whose files lie in the folder, their names beginning with this one. */
  public static ServerKeys make(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
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
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("keytool ended with " + exit);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new ServerKeys(folder, name, keys);
  }

  /** Both, as the server wants them. */
  public TlsFiles files() throws Exception {
    return new TlsFiles(certificate(), key());
  }

  public Path certificate() throws Exception {
    return pem("-cert.pem", "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  public Path key() throws Exception {
    return pem("-key.pem", "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  private Path pem(String suffix, String label, byte[] der) throws IOException {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return Files.writeString(
        folder.resolve(name + suffix),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines));
  }

  /** For a client that trusts this server and no other. */
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
