package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A Sigstore instance of our own: a certificate authority (as Fulcio), a certificate log and a
 * transparency log (as Rekor 1), each with a key made here, and the trusted root that names them.
 * It gives certificates to whoever is asked for, which the real one does not.
 */
public final class TestAuthority {
  public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String LOG = "rekor.test";
  private static final X500Name NAME = new X500Name("CN=test authority,O=gatehouse");

  private final KeyPair authority = newKey();
  private final KeyPair certificateLog = newKey();
  private final KeyPair log = newKey();
  private final Instant end;
  private final X509Certificate certificate;

  private TestAuthority(Instant end) {
    this.end = end;
    this.certificate = selfSigned();
  }

  /** One whose certificate is valid for a thousand years. */
  public static TestAuthority create() {
    return endingAt(START.plus(Duration.ofDays(365_000)));
  }

  /** One whose certificate ends then. */
  public static TestAuthority endingAt(Instant end) {
    return new TestAuthority(end);
  }

  /** The {@code trusted_root.json} that names it. */
  public byte[] trustedRoot() {
    return trustedRoot("");
  }

  /** The same, where the key of the transparency log ended then. */
  public byte[] trustedRootWithLogUntil(Instant logEnd) {
    return trustedRoot(", \"end\": \"%s\"".formatted(logEnd));
  }

  private byte[] trustedRoot(String logEnd) {
    return """
        {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
         "tlogs": [%s],
         "certificateAuthorities": [{"subject": {"organization": "gatehouse", "commonName": "test authority"},
           "uri": "https://fulcio.test", "certChain": {"certificates": [{"rawBytes": "%s"}]},
           "validFor": {"start": "%s"}}],
         "ctlogs": [%s], "timestampAuthorities": []}
        """
        .formatted(
            logJson("https://" + LOG, log.getPublic(), logEnd),
            base64(encoded(certificate)),
            START,
            logJson("https://ctfe.test", certificateLog.getPublic(), ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String logJson(String url, PublicKey key, String end) {
    return """
        {"baseUrl": "%s", "hashAlgorithm": "SHA2_256",
         "publicKey": {"rawBytes": "%s", "keyDetails": "PKIX_ECDSA_P256_SHA_256",
           "validFor": {"start": "%s"%s}},
         "logId": {"keyId": "%s"}}"""
        .formatted(url, base64(key.getEncoded()), START, end, base64(sha256(key.getEncoded())));
  }

  /** Begins an attestation that an artifact was published. */
  public Signing sign(String filename, Sha256 sha256) {
    return new Signing(
        """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"%s","digest":{"sha256":"%s"}}],\
        "predicateType":"https://docs.pypi.org/attestations/publish/v1","predicate":null}"""
            .formatted(filename, sha256));
  }

  /** A provenance object of one publisher. */
  public static String provenance(String publisher, String... attestations) {
    return "{\"version\":1,\"attestation_bundles\":[{\"publisher\":%s,\"attestations\":[%s]}]}"
        .formatted(publisher, String.join(",", attestations));
  }

  /** As PyPI names a publisher on GitHub. */
  public static String githubClaim(String repository, String workflow) {
    return "{\"kind\":\"GitHub\",\"repository\":\"%s\",\"workflow\":\"%s\",\"environment\":\"pypi\"}"
        .formatted(repository, workflow);
  }

  /** What goes into one attestation. */
  public final class Signing {
    private String statement;
    private TestIdentity identity = TestIdentity.github("acme/demo", "release.yml", "v1.0");
    private Instant issued = START.plus(Duration.ofDays(100));
    private Instant logged = issued.plusSeconds(5);
    private boolean otherKey;
    private boolean withoutTimestamp;

    private Signing(String statement) {
      this.statement = statement;
    }

    /** Signs this text in place of the statement that names the artifact. */
    public Signing statement(String text) {
      this.statement = text;
      return this;
    }

    /** The text that is signed. */
    public String statement() {
      return statement;
    }

    public Signing by(TestIdentity signer) {
      this.identity = signer;
      return this;
    }

    /** When the certificate begins and the log takes it. */
    public Signing at(Instant certificateFrom, Instant entered) {
      this.issued = certificateFrom;
      this.logged = entered;
      return this;
    }

    /** Signs with a key that is not the certificate's. */
    public Signing withAnotherKey() {
      this.otherKey = true;
      return this;
    }

    /** Leaves the certificate log's promise out of the certificate. */
    public Signing unlogged() {
      this.withoutTimestamp = true;
      return this;
    }

    /** The attestation, in JSON. */
    public String attestation() {
      KeyPair key = newKey();
      byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
      byte[] certificateBytes = encoded(leaf(identity, key.getPublic(), issued, withoutTimestamp));
      byte[] signature =
          signed(otherKey ? newKey().getPrivate() : key.getPrivate(), encoding(payload));
      return "{\"version\":1,\"verification_material\":{\"certificate\":\"%s\",\"transparency_entries\":[%s]},\"envelope\":{\"statement\":\"%s\",\"signature\":\"%s\"}}"
          .formatted(
              base64(certificateBytes),
              entry(payload, signature, certificateBytes, logged.getEpochSecond()),
              base64(payload),
              base64(signature));
    }
  }

  /** DSSE's pre-authentication encoding. */
  private static byte[] encoding(byte[] payload) {
    String type = "application/vnd.in-toto+json";
    byte[] head =
        "DSSEv1 %d %s %d "
            .formatted(type.length(), type, payload.length)
            .getBytes(StandardCharsets.UTF_8);
    return joined(head, payload);
  }

  private X509Certificate selfSigned() {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME, BigInteger.ONE, Date.from(START), Date.from(end), NAME, authority.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private ContentSigner signer() throws OperatorCreationException {
    return new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
  }

  private X509Certificate leaf(
      TestIdentity identity, PublicKey key, Instant from, boolean withoutTimestamp) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(from.getEpochSecond()),
              Date.from(from),
              Date.from(from.plus(Duration.ofMinutes(10))),
              new X500Name(""),
              key);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
      builder.addExtension(
          Extension.subjectAlternativeName, true, new GeneralNames(identity.name()));
      for (Map.Entry<Integer, String> extension : identity.extensions().entrySet()) {
        builder.addExtension(
            new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1." + extension.getKey()),
            false,
            new DERUTF8String(extension.getValue()));
      }
      if (!withoutTimestamp) {
        byte[] logged = builder.build(signer()).toASN1Structure().getTBSCertificate().getEncoded();
        builder.addExtension(
            new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
            false,
            new DEROctetString(timestamps(logged, from)));
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A list of one signed certificate timestamp (RFC 6962, 3.2 and 3.3). */
  private byte[] timestamps(byte[] logged, Instant time) throws IOException {
    ByteArrayOutputStream signedBytes = new ByteArrayOutputStream();
    DataOutputStream input = new DataOutputStream(signedBytes);
    input.writeByte(0);
    input.writeByte(0);
    input.writeLong(time.toEpochMilli());
    input.writeShort(1);
    input.write(sha256(authority.getPublic().getEncoded()));
    input.writeByte(logged.length >> 16);
    input.writeShort(logged.length);
    input.write(logged);
    input.writeShort(0);
    byte[] signature = signed(certificateLog.getPrivate(), signedBytes.toByteArray());

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
    out.writeShort(length + 2);
    out.writeShort(length);
    out.writeByte(0);
    out.write(sha256(certificateLog.getPublic().getEncoded()));
    out.writeLong(time.toEpochMilli());
    out.writeShort(0);
    out.writeByte(4);
    out.writeByte(3);
    out.writeShort(signature.length);
    out.write(signature);
    return bytes.toByteArray();
  }

  /** The third of four leaves of a tree. */
  private String entry(byte[] payload, byte[] signature, byte[] leafCertificate, long seconds) {
    String pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(leafCertificate));
    String body =
        """
        {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256","value":"%s"},\
        "payloadHash":{"algorithm":"sha256","value":"%s"},"signatures":[{"signature":"%s","verifier":"%s"}]}}"""
            .formatted(
                hex(sha256(joined(payload, signature))),
                hex(sha256(payload)),
                base64(signature),
                base64(pem.getBytes(StandardCharsets.US_ASCII)));
    byte[] leaf = sha256(joined(new byte[] {0}, body.getBytes(StandardCharsets.UTF_8)));
    byte[] beside = sha256(new byte[] {1});
    byte[] before = sha256(new byte[] {2});
    byte[] root = node(before, node(leaf, beside));
    byte[] keyId = sha256(log.getPublic().getEncoded());
    String note = "%s - 1\n4\n%s\n".formatted(LOG, base64(root));
    byte[] noteSignature = signed(log.getPrivate(), note.getBytes(StandardCharsets.UTF_8));
    String checkpoint =
        "%s\\n\\n\u2014 %s %s\\n"
            .formatted(
                note.strip().replace("\n", "\\n"),
                LOG,
                base64(joined(Arrays.copyOf(keyId, 4), noteSignature)));
    String promised =
        "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":1002}"
            .formatted(base64(body.getBytes(StandardCharsets.UTF_8)), seconds, hex(keyId));
    byte[] promise = signed(log.getPrivate(), promised.getBytes(StandardCharsets.UTF_8));
    String hashes =
        List.of(beside, before).stream()
            .map(hash -> '"' + base64(hash) + '"')
            .collect(Collectors.joining(","));
    return """
        {"logIndex":"1002","logId":{"keyId":"%s"},"kindVersion":{"kind":"dsse","version":"0.0.1"},\
        "integratedTime":"%d","inclusionPromise":{"signedEntryTimestamp":"%s"},\
        "inclusionProof":{"logIndex":"2","rootHash":"%s","treeSize":"4","hashes":[%s],\
        "checkpoint":{"envelope":"%s"}},"canonicalizedBody":"%s"}"""
        .formatted(
            base64(keyId),
            seconds,
            base64(promise),
            base64(root),
            hashes,
            checkpoint,
            base64(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha256(joined(new byte[] {1}, joined(left, right)));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] sha256(byte[] bytes) {
    MessageDigest digest = Sha256.newDigest();
    return digest.digest(bytes);
  }

  private static byte[] signed(PrivateKey key, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
