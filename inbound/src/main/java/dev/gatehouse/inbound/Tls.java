package dev.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the server's certificate and key from PEM files (RFC 7468). */
final class Tls {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private Tls() {}

  /**
   * @throws IOException where a file cannot be read or is not what it should be; the message says
   *     which and why
   */
  public static SslContextFactory.Server contextFactory(TlsFiles files) throws IOException {
    try {
      Certificate[] chain = chain(files.certificate());
      PrivateKey key = key(files.key(), chain[0].getPublicKey().getAlgorithm());
      requirePair(files, chain[0].getPublicKey(), key);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], chain);
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setKeyStore(store);
      factory.setKeyStorePassword("");
      factory.setSniRequired(false);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "%s and %s do not make a certificate and its key: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (chain.isEmpty() || !(chain.iterator().next() instanceof X509Certificate)) {
        throw new IOException(file + " holds no certificate in PEM");
      }
      return chain.toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(
          file
              + " holds no unencrypted PKCS #8 key; convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW_KEY");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds a key that is not Base64", e);
    }
  }

  /** Found out at the start, and not by the first client. */
  private static void requirePair(TlsFiles files, PublicKey certified, PrivateKey key)
      throws IOException, GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] text = files.toString().getBytes(UTF_8);
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certified);
    verifying.update(text);
    if (!verifying.verify(signing.sign())) {
      throw new IOException(
          "the certificate in %s and the key in %s do not belong together"
              .formatted(files.certificate(), files.key()));
    }
  }
}
