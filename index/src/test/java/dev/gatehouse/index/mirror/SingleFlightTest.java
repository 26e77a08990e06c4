package dev.gatehouse.index.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final SingleFlight<String, Integer> flights = new SingleFlight<>(tasks::add);

  private static SingleFlight.Landed<Integer> landed(int answer) {
    return new SingleFlight.Landed<>(answer, () -> {});
  }

  private SingleFlight.Landed<Integer> work() {
    return landed(runs.incrementAndGet());
  }

  @Test
  void answersBeforeWhatRemainsIsDoneAndWorksAnewOnlyAfterIt() {
    List<CompletableFuture<Integer>> meanwhile = new ArrayList<>();
    CompletableFuture<Integer> first =
        flights.join(
            "page",
            () ->
                new SingleFlight.Landed<>(
                    7,
                    () -> {
                      meanwhile.add(flights.join("page", this::work));
                      assertThat(tasks).isEmpty();
                    }));
    tasks.remove().run();

    assertThat(first).isCompletedWithValue(7);
    tasks.remove().run();
    assertThat(meanwhile.getFirst()).isCompletedWithValue(1);
  }

  @Test
  void worksOnceForAllWhoAskMeanwhile() {
    CompletableFuture<Integer> first = flights.join("page", this::work);
    CompletableFuture<Integer> second = flights.join("page", this::work);
    tasks.remove().run();

    assertThat(first).isCompletedWithValue(1);
    assertThat(second).isCompletedWithValue(1);
    assertThat(tasks).isEmpty();
  }

  @Test
  void worksAgainForWhoAsksLater() {
    CompletableFuture<Integer> first = flights.join("page", this::work);
    tasks.remove().run();
    CompletableFuture<Integer> later = flights.join("page", this::work);
    tasks.remove().run();

    assertThat(first).isCompletedWithValue(1);
    assertThat(later).isCompletedWithValue(2);
  }

  @Test
  void doesNotMixKeys() {
    CompletableFuture<Integer> one = flights.join("one", () -> landed(1));
    CompletableFuture<Integer> two = flights.join("two", () -> landed(2));
    tasks.remove().run();
    tasks.remove().run();

    assertThat(one).isCompletedWithValue(1);
    assertThat(two).isCompletedWithValue(2);
  }

  @Test
  void reportsAFailureToEverybodyAndIsFreeAgain() {
    CompletableFuture<Integer> first =
        flights.join(
            "page",
            () -> {
              throw new StackOverflowError("even an error");
            });
    CompletableFuture<Integer> second = flights.join("page", this::work);
    tasks.remove().run();

    assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
    assertThatThrownBy(second::join).hasCauseInstanceOf(StackOverflowError.class);
    CompletableFuture<Integer> later = flights.join("page", this::work);
    tasks.remove().run();
    assertThat(later).isCompletedWithValue(1);
  }

  @Test
  void reportsWorkThatIsNotTaken() {
    SingleFlight<String, Integer> stopped =
        new SingleFlight<>(
            task -> {
              throw new RejectedExecutionException("stopping");
            });

    assertThatThrownBy(() -> stopped.join("page", () -> landed(1)).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }
}
