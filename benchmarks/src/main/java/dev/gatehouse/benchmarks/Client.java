package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Asks for one thing at a time. */
final class Client {
  /** As installers ask for a page. */
  static final Map<String, String> JSON = Map.of("Accept", "application/vnd.pypi.simple.v1+json");

  /** The same, compressed. */
  static final Map<String, String> JSON_GZIP =
      Map.of("Accept", "application/vnd.pypi.simple.v1+json", "Accept-Encoding", "gzip");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * The body, uncoded or not as it came.
   *
   * @throws IOException also for any answer but 200
   */
  byte[] get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    headers.forEach(request::header);
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(address + " answered " + response.statusCode());
    }
    return response.body();
  }

  /** The milliseconds until all of the answer was there. */
  double millisToGet(URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    get(address, headers);
    return (System.nanoTime() - start) / 1e6;
  }
}
