package dev.gatehouse.provenance.identity;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The texts that Fulcio writes into a certificate (its docs/oid-info.md). From number 8 on they are
 * DER-encoded UTF8Strings.
 */
final class CertificateExtensions {
  static final int ISSUER = 8;
  static final int SIGNER = 9;
  static final int RUNNER = 11;
  static final int REPOSITORY = 12;
  static final int COMMIT = 13;
  static final int REF = 14;
  static final int REPOSITORY_ID = 15;
  static final int OWNER_ID = 17;
  static final int BUILD_CONFIG = 18;
  static final int TRIGGER = 20;
  static final int RUN = 21;

  private static final String ARC = "1.3.6.1.4.1.57264.1.";
  private static final int EMAIL = 1;
  private static final int URI = 6;
  private static final int OTHER_NAME = 0;

  /** The name of an account that is neither an address nor an e-mail (Fulcio's own type). */
  private static final String USER_NAME = ARC + "7";

  private final X509Certificate certificate;

  CertificateExtensions(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /** The text of an extension; null where it is not there. */
  @Nullable String find(int number) throws RefusedException {
    byte[] value = certificate.getExtensionValue(ARC + number);
    if (value == null) {
      return null;
    }
    try {
      byte[] inner = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(value)).getOctets();
      if (ASN1Primitive.fromByteArray(inner) instanceof ASN1UTF8String text) {
        return text.getString();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(number, e);
    }
    throw unreadable(number, null);
  }

  /** The text of an extension that must be there. */
  String require(int number) throws RefusedException {
    String text = find(number);
    if (text == null || text.isEmpty()) {
      throw new RefusedException(
          Reason.NO_IDENTITY, "the certificate lacks the extension %s%d".formatted(ARC, number));
    }
    return text;
  }

  /** The e-mail address that the certificate was given for. */
  Optional<String> email() throws RefusedException {
    return name(EMAIL);
  }

  /** The address that the certificate was given for. */
  Optional<String> uri() throws RefusedException {
    return name(URI);
  }

  /** The one subject alternative name, where it is of this type (RFC 5280, 4.2.1.6). */
  private Optional<String> name(int type) throws RefusedException {
    List<?> name = onlyName();
    return name.getFirst() instanceof Integer tag
            && tag == type
            && name.get(1) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The account's name that the certificate was given for. */
  Optional<String> userName() throws RefusedException {
    List<?> name = onlyName();
    boolean isAccount =
        name.getFirst() instanceof Integer tag
            && tag == OTHER_NAME
            && name.size() > 3
            && USER_NAME.equals(name.get(2));
    return isAccount && name.get(3) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private List<?> onlyName() throws RefusedException {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null || names.size() != 1) {
        throw new RefusedException(
            Reason.NO_IDENTITY,
            "the certificate was given for %s names, not one"
                .formatted(names == null ? "no" : names.size()));
      }
      return names.iterator().next();
    } catch (CertificateParsingException e) {
      throw new RefusedException(Reason.CERTIFICATE, "the certificate's name cannot be read", e);
    }
  }

  private static RefusedException unreadable(int number, @Nullable Exception cause) {
    String message =
        "the certificate's extension %s%d is not a text in UTF-8".formatted(ARC, number);
    return cause == null
        ? new RefusedException(Reason.CERTIFICATE, message)
        : new RefusedException(Reason.CERTIFICATE, message, cause);
  }
}
