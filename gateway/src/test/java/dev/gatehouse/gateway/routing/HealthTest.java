package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Duration COOLDOWN = Duration.ofSeconds(5);

  private final AtomicLong now = new AtomicLong(-3);
  private final Health health = new Health(now::get, new SplittableRandom(1));

  private static ModelGroup group(Models models) {
    return models.table().find("fast").orElseThrow();
  }

  private String drawn(ModelGroup group, List<Deployment> tried) {
    return health.next(group, tried).map(Deployment::id).orElse("none");
  }

  @Test
  void drawsByWeight() {
    ModelGroup group =
        group(
            new Models()
                .model("fast", "one", "m", 3, null, List.of())
                .model("fast", "two", "m", 1, null, List.of()));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      counts.merge(drawn(group, List.of()), 1, Integer::sum);
    }

    assertThat(counts.get("one/m")).isBetween(2_900, 3_100);
    assertThat(counts.get("two/m")).isBetween(900, 1_100);
  }

  @Test
  void asksAnotherBeforeTheSameOnceMore() {
    ModelGroup group = group(new Models().model("fast", "one", "m").model("fast", "two", "m"));
    Deployment first = group.deployments().getFirst();

    for (int i = 0; i < 20; i++) {
      assertThat(drawn(group, List.of(first))).isEqualTo("two/m");
    }
    assertThat(drawn(group, group.deployments())).isNotEqualTo("none");
  }

  @Test
  void leavesAloneWhatFailedTooOftenUntilItCooledDown() {
    ModelGroup group = group(new Models().model("fast", "one", "m"));
    Deployment only = group.deployments().getFirst();

    health.failed(only, 1, COOLDOWN);
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
    health.failed(only, 1, COOLDOWN);
    assertThat(drawn(group, List.of())).isEqualTo("none");
    assertThat(health.cooling()).containsExactly("one/m");
    assertThat(health.untilNext(group)).isEqualTo(COOLDOWN);

    now.addAndGet(COOLDOWN.toNanos() - 1);
    assertThat(drawn(group, List.of())).isEqualTo("none");
    now.addAndGet(1);
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
  }

  @Test
  void forgetsFailuresAfterAMinuteAndAfterASuccess() {
    ModelGroup group = group(new Models().model("fast", "one", "m"));
    Deployment only = group.deployments().getFirst();

    health.failed(only, 1, COOLDOWN);
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    health.failed(only, 1, COOLDOWN);
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
    health.succeeded(only);
    health.failed(only, 1, COOLDOWN);
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
  }

  @Test
  void asksNoOftenerThanTheLimitOfAMinute() {
    ModelGroup group = group(new Models().model("fast", "one", "m", 1, 2, List.of()));

    assertThat(drawn(group, List.of())).isEqualTo("one/m");
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
    assertThat(drawn(group, List.of())).isEqualTo("none");
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(drawn(group, List.of())).isEqualTo("one/m");
  }
}
