package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.dialect.UriText;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs a request for AWS: Signature Version 4, as the AWS Identity and Access Management user
 * guide describes it ("Create a signed AWS API request"), for any service but S3.
 *
 * @param region such as {@code eu-central-1}
 * @param service the service's signing name, such as {@code bedrock}
 */
public record SignatureV4(AwsCredentials credentials, String region, String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Signs one request.
   *
   * @param uri as it is sent: encoded, its path not changed on the way
   * @param headers those to be signed besides {@code host}, which comes from the address
   * @param body the whole body
   * @return the headers to be sent with those given: {@code authorization}, {@code x-amz-date} and
   *     for temporary credentials {@code x-amz-security-token}
   */
  public Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, byte[] body, Instant at) {
    String time = TIME.format(at);
    Map<String, String> added = new TreeMap<>();
    added.put("x-amz-date", time);
    if (credentials.sessionToken() != null) {
      added.put("x-amz-security-token", credentials.sessionToken().reveal());
    }
    TreeMap<String, String> signed = new TreeMap<>(added);
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    signed.put("host", host(uri));

    String names = String.join(";", signed.keySet());
    String canonical = canonical(method, uri, signed, names, hex(sha256(body)));
    String scope = time.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
    String text = String.join("\n", ALGORITHM, time, scope, hex(sha256(canonical.getBytes(UTF_8))));
    added.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + '/'
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(mac(key(time.substring(0, 8)), text)));
    return Map.copyOf(added);
  }

  private static String canonical(
      String method, URI uri, TreeMap<String, String> signed, String names, String bodyHash) {
    String lines =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ':' + header.getValue().strip().replaceAll(" +", " "))
            .collect(Collectors.joining("\n"));
    return String.join(
        "\n",
        method,
        path(uri.getRawPath()),
        query(uri.getRawQuery()),
        lines,
        "", // the headers' end
        names,
        bodyHash);
  }

  private static String host(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int usual = uri.getScheme().equals("https") ? 443 : 80;
    return uri.getPort() < 0 || uri.getPort() == usual ? host : host + ':' + uri.getPort();
  }

  /** The path without dot segments, encoded once more than it is sent: every service but S3. */
  private static String path(@Nullable String raw) {
    Deque<String> segments = new ArrayDeque<>();
    String path = raw == null ? "" : raw;
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    boolean folder = !segments.isEmpty() && path.endsWith("/");
    return '/' + UriText.encode(String.join("/", segments), "/") + (folder ? "/" : "");
  }

  private static String query(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    return Arrays.stream(raw.split("&", -1))
        .map(parameter -> parameter.contains("=") ? parameter : parameter + '=')
        .map(parameter -> parameter.split("=", 2))
        .sorted(
            (one, other) ->
                one[0].equals(other[0]) ? one[1].compareTo(other[1]) : one[0].compareTo(other[0]))
        .map(parameter -> parameter[0] + '=' + parameter[1])
        .collect(Collectors.joining("&"));
  }

  private byte[] key(String day) {
    byte[] key = ("AWS4" + credentials.secretAccessKey().reveal()).getBytes(UTF_8);
    for (String step : new String[] {day, region, service, "aws4_request"}) {
      byte[] next = mac(key, step);
      Arrays.fill(key, (byte) 0);
      key = next;
    }
    return key;
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
