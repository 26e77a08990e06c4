package dev.gatehouse.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The requests that came, in their order. */
final class RequestLog {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final List<FakeRequest> requests = new ArrayList<>();

  synchronized void add(FakeRequest request) {
    requests.add(request);
    notifyAll();
  }

  synchronized List<FakeRequest> all() {
    return List.copyOf(requests);
  }

  List<FakeRequest> to(String path) {
    return all().stream().filter(request -> request.path().equals(path)).toList();
  }

  synchronized void await(String path, int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (to(path).size() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException(
            "only %d of %d requests came to %s".formatted(to(path).size(), count, path));
      }
      wait(left);
    }
  }
}
