package dev.gatehouse.samples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Asks a fake index, by a client that is strict about HTTP. */
final class Visitor implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpResponse<byte[]> get(URI uri, String... headers) throws IOException, InterruptedException {
    return client.send(request(uri, headers), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> head(URI uri) throws IOException, InterruptedException {
    HttpRequest head = HttpRequest.newBuilder(uri).HEAD().build();
    return client.send(head, HttpResponse.BodyHandlers.ofByteArray());
  }

  CompletableFuture<HttpResponse<byte[]>> getLater(URI uri) {
    return client.sendAsync(request(uri), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(URI uri, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
