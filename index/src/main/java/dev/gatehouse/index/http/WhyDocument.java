package dev.gatehouse.index.http;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.BadVersion;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.report.Identities;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.evidence.Known;
import dev.gatehouse.vetting.policy.Compared;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.policy.Inspected;
import dev.gatehouse.vetting.policy.Provenance;
import dev.gatehouse.vetting.policy.Reason;
import dev.gatehouse.vetting.record.Snapshot;
import dev.gatehouse.vetting.record.SnapshotName;
import dev.gatehouse.vetting.record.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the files of a version are served or not: every verdict with its evidence. */
final class WhyDocument {
  private final Vetting vetting;
  private final Listing listing;
  private final Version version;

  WhyDocument(Vetting vetting, Listing listing, Version version) {
    this.vetting = vetting;
    this.listing = listing;
    this.version = version;
  }

  Map<String, Object> members() {
    ProjectName project = listing.name();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("project", project.normalized());
    members.put("version", version.toString());
    members.put("mode", vetting.policy().mode().text());
    members.put("epoch", vetting.standing(project).epoch().hex());
    List<ListedFile> files =
        listing.files().stream().filter(file -> file.name().version().equals(version)).toList();
    Map<String, List<Verdicts.Given>> history = new LinkedHashMap<>();
    for (Verdicts.Given given : vetting.verdicts().of(project, version)) {
      history.computeIfAbsent(given.fileName(), _ -> new ArrayList<>()).add(given);
    }
    members.put("files", files.stream().map(file -> file(file, history)).toList());
    members.put("advisories", advisories());
    members.put(
        "decisions",
        vetting.decisions().of(project).stream()
            .filter(decision -> decision.version().equals(version))
            .map(WhyDocument::decision)
            .toList());
    members.put("fallback", fallback());
    Snapshot inUse = vetting.snapshots().inUse();
    members.put("snapshot-in-use", inUse == null ? null : inUse.toString());
    members.put(
        "snapshots",
        vetting.snapshots().of(project, version).stream().map(SnapshotName::text).toList());
    return members;
  }

  private Map<String, Object> file(ListedFile file, Map<String, List<Verdicts.Given>> history) {
    Map<String, Object> members = new LinkedHashMap<>();
    Sha256 sha256 = file.facts().sha256();
    members.put("file", file.name().filename());
    members.put("sha256", sha256 == null ? null : sha256.hex());
    members.put("size", file.file().size());
    members.put("verdict", file.verdict().word());
    members.put("reasons", reasons(file.verdict().reasons()));
    members.put("until", text(file.verdict().end().orElse(null)));
    members.put("published", text(file.facts().published()));
    members.put("removed", file.facts().removed());
    members.put("inspection", sha256 == null ? null : inspection(file, sha256));
    members.put(
        "provenance",
        file.standing().provenance(file.facts()).map(WhyDocument::provenance).orElse(null));
    members.put(
        "history",
        history.getOrDefault(file.name().filename(), List.of()).stream()
            .map(WhyDocument::given)
            .toList());
    return members;
  }

  private @Nullable Map<String, Object> inspection(ListedFile file, Sha256 sha256) {
    return vetting
        .inspections()
        .find(file.name(), sha256)
        .map(
            found -> {
              Map<String, Object> members = new LinkedHashMap<>();
              Inspected inspected = found.inspected();
              members.put("at", found.at().toString());
              members.put("refusing", inspected.refusing());
              members.put("holding", inspected.holding());
              members.put("drift", inspected.drift());
              members.put("unread", inspected.unread());
              members.put("compared", compared(inspected.compared()));
              members.put("report", JsonApi.parsed(found.report()));
              return members;
            })
        .orElse(null);
  }

  private static @Nullable Map<String, Object> compared(@Nullable Compared compared) {
    if (compared == null) {
      return null;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("refusing", compared.refusing());
    members.put("holding", compared.holding());
    members.put("uncompared", compared.uncompared());
    members.put("proved-percent", compared.provedPercent());
    return members;
  }

  private static Map<String, Object> provenance(Provenance known) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (known.verification()) {
      case null -> members.put("attested", false);
      case Verification.Refused(Refusal refusal) -> {
        members.put("attested", false);
        members.put("refused", refusal.reason().text());
        members.put("reason", refusal.message());
      }
      case Verification.Verified(List<VerifiedAttestation> attestations) -> {
        members.put("attested", true);
        members.put("attestations", attestations.stream().map(Identities::details).toList());
      }
    }
    members.put("unavailable", known.unavailable());
    List<Provenance.Break> breaks = known.breaks();
    members.put(
        "breaks", breaks == null ? null : breaks.stream().map(WhyDocument::described).toList());
    return members;
  }

  private static Map<String, Object> described(Provenance.Break each) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("code", each.code());
    members.put("text", each.text());
    members.put("holds", each.holds());
    return members;
  }

  private static Map<String, Object> given(Verdicts.Given given) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("at", given.at().toString());
    members.put("verdict", given.word());
    members.put("reasons", reasons(given.reasons()));
    members.put("epoch", given.epoch().hex());
    return members;
  }

  private Map<String, Object> advisories() {
    Known known = vetting.known();
    Map<String, Object> members = new LinkedHashMap<>();
    Optional<BadVersion> malware = known.bad().malware(listing.name(), version);
    members.put(
        "malware",
        malware.map(bad -> Map.of("id", bad.id(), "summary", bad.summary())).orElse(null));
    members.put(
        "vulnerabilities",
        known.bad().vulnerabilities(listing.name(), version).stream()
            .map(this::vulnerability)
            .toList());
    members.put("fixes", known.bad().fixes(listing.name(), version));
    members.put("as-of", text(known.asOf()));
    members.put("stale", known.stale());
    return members;
  }

  private Map<String, Object> vulnerability(Advisory advisory) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", advisory.id());
    members.put(
        "severity",
        advisory.severity() == null ? null : advisory.severity().name().toLowerCase(Locale.ROOT));
    members.put("summary", advisory.summary());
    members.put(
        "fixed-in", advisory.fixedIn(listing.name(), version).map(Version::toString).orElse(null));
    return members;
  }

  static Map<String, Object> decision(Decision decision) {
    Map<String, Object> members = new LinkedHashMap<>();
    Sha256 sha256 = decision.sha256();
    members.put("kind", decision.kind().text());
    members.put("by", decision.by());
    members.put("reason", decision.reason());
    members.put("at", decision.at().toString());
    members.put("until", text(decision.until()));
    members.put("sha256", sha256 == null ? null : sha256.hex());
    return members;
  }

  /** What a resolver takes instead of a version that is passed over: it must not be in silence. */
  private @Nullable Map<String, Object> fallback() {
    return listing
        .fallback(version)
        .map(
            fallback -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("version", fallback.taken().toString());
              members.put("vulnerabilities", fallback.vulnerabilities());
              return members;
            })
        .orElse(null);
  }

  static List<Map<String, Object>> reasons(List<Reason> reasons) {
    return reasons.stream()
        .map(
            reason -> {
              Map<String, Object> members = new LinkedHashMap<>();
              members.put("code", reason.code());
              members.put("text", reason.text());
              return members;
            })
        .toList();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
