package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a request's signature as AWS does (Signature Version 4), from what came and not from what
 * a signer meant to send.
 */
final class AwsSignature {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request, ?"
              + "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration SKEW = Duration.ofMinutes(5);

  private AwsSignature() {}

  /** Demands that a request is signed, now, for Bedrock in a region. */
  static void check(Received request, String accessKeyId, String secret, String region, Instant now)
      throws Refusal {
    Matcher parts = AUTHORIZATION.matcher(request.header("authorization").orElse(""));
    if (!parts.matches()) {
      throw new Refusal(403, "", "Missing Authentication Token");
    }
    String date = request.header("x-amz-date").orElse("");
    demand(parts.group(1).equals(accessKeyId), "The security token is invalid");
    demand(parts.group(3).equals(region), "Credential should be scoped to a valid region");
    demand(parts.group(4).equals("bedrock"), "Credential should be scoped to correct service");
    demand(
        date.matches("\\d{8}T\\d{6}Z") && date.startsWith(parts.group(2)),
        "Date in Credential scope does not match");
    demand(
        Duration.between(TIME.parse(date, Instant::from), now).abs().compareTo(SKEW) < 0,
        "Signature expired");
    List<String> signed = List.of(parts.group(5).split(";"));
    demand(signed.contains("host") && signed.contains("x-amz-date"), "host and date are unsigned");
    String scope = String.join("/", parts.group(2), region, "bedrock", "aws4_request");
    String text =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, hex(sha256(canonical(request, signed))));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String step : List.of(parts.group(2), region, "bedrock", "aws4_request")) {
      key = mac(key, step);
    }
    demand(
        hex(mac(key, text)).equals(parts.group(6)),
        "The request signature we calculated does not match the signature you provided");
  }

  private static void demand(boolean fits, String message) throws Refusal {
    if (!fits) {
      throw new Refusal(403, "", message);
    }
  }

  private static byte[] canonical(Received request, List<String> signed) {
    String path =
        Arrays.stream(request.path().split("/", -1))
            .map(AwsSignature::encoded)
            .collect(Collectors.joining("/"));
    String query =
        Arrays.stream(request.query().split("&")).sorted().collect(Collectors.joining("&"));
    String headers =
        signed.stream()
            .sorted()
            .map(name -> name + ":" + request.header(name).orElse("").strip() + "\n")
            .collect(Collectors.joining());
    return String.join(
            "\n",
            request.method(),
            path,
            query,
            headers,
            String.join(";", signed),
            hex(sha256(request.body())))
        .getBytes(UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
