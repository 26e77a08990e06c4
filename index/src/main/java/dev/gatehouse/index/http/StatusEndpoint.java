package dev.gatehouse.index.http;

import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.evidence.Known;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.record.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/status}: what is in force, and what someone should look at. */
final class StatusEndpoint implements Endpoint {
  private final Vetting vetting;
  private final String version;
  private final InstantSource clock;

  /**
   * @param version this program's
   */
  StatusEndpoint(Vetting vetting, String version, InstantSource clock) {
    this.vetting = vetting;
    this.version = version;
    this.clock = clock;
  }

  @Override
  public void answer(Exchange exchange) {
    Policy policy = vetting.policy();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("version", version);
    members.put("mode", policy.mode().text());
    members.put("policy", policy.fingerprint().hex());
    members.put("minimum-age-seconds", policy.vetting().minimumAge().toSeconds());
    members.put("not-after", text(policy.vetting().notAfter()));
    Snapshot snapshot = vetting.snapshots().inUse();
    members.put("snapshot-in-use", snapshot == null ? null : snapshot.toString());
    members.put("advisories", advisories(vetting.known()));
    members.put("recalled", vetting.decisions().recallsAfter(0).stream().distinct().count());
    members.put("warnings", warnings(policy, vetting.known(), snapshot));
    JsonApi.send(exchange, 200, members);
  }

  private Map<String, Object> advisories(Known known) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("records", known.records());
    members.put("as-of", text(known.asOf()));
    members.put(
        "age-seconds",
        known.asOf() == null ? null : Duration.between(known.asOf(), clock.instant()).toSeconds());
    members.put("stale", known.stale());
    return members;
  }

  private static List<String> warnings(Policy policy, Known known, @Nullable Snapshot snapshot) {
    List<String> warnings = new ArrayList<>();
    if (snapshot != null) {
      warnings.add(
          "Only what the snapshot %s lists is served; to end that: gatehouse snapshot use --none."
              .formatted(snapshot));
    }
    if (known.stale() != null) {
      warnings.add("New files are held: " + known.stale() + ".");
    }
    switch (policy.mode()) {
      case VETTED -> {
        if (!policy.vetting().inspect()) {
          warnings.add("Artifacts are not inspected: [policy] inspect is false.");
        }
        if (policy.vetting().notAfter() != null) {
          warnings.add(
              "Nothing published after "
                  + policy.vetting().notAfter()
                  + " is served: [policy] not-after.");
        }
      }
      case OBSERVE ->
          warnings.add(
              "Nothing is held: the mode is observe. Only what is denied or recalled is refused.");
      case ALLOWLIST -> {}
    }
    return warnings;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
