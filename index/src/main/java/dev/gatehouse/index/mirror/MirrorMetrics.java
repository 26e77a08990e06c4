package dev.gatehouse.index.mirror;

import dev.gatehouse.upstream.PageOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;

/** What the mirror counts. */
final class MirrorMetrics {
  private final MeterRegistry registry;
  private final Counter changed;

  MirrorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.changed =
        Counter.builder("gatehouse.bytes.changed")
            .description("Files whose hash on the upstream's page is another than when first seen")
            .register(registry);
  }

  /** An upstream was asked for a page. */
  void asked(String upstream, PageOutcome outcome) {
    String word =
        switch (outcome) {
          case PageOutcome.Fresh _ -> "fresh";
          case PageOutcome.NotModified _ -> "not-modified";
          case PageOutcome.Absent _ -> "absent";
          case PageOutcome.Unavailable unavailable -> unavailable.failure().code().text();
        };
    Counter.builder("gatehouse.upstream.pages")
        .description("Pages asked of an upstream, by what came of it")
        .tag("upstream", upstream)
        .tag("outcome", word)
        .register(registry)
        .increment();
  }

  /** A file was taken from an upstream, or not. */
  void taken(Wanted wanted, Optional<MirrorFailure> failure) {
    Counter.builder("gatehouse.upstream.files")
        .description("Files fetched from an upstream, by what came of it")
        .tag("upstream", wanted.project().upstream())
        .tag("kind", wanted.kind().text())
        .tag(
            "outcome",
            failure.map(why -> why.cause().name().toLowerCase(Locale.ROOT)).orElse("kept"))
        .register(registry)
        .increment();
  }

  /** A file's hash changed on an upstream's page. */
  void changed() {
    changed.increment();
  }
}
