package dev.gatehouse.samples;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file of a project's page, written once: hashing a large artifact anew for each page would
 * take longer than what a test measures.
 *
 * @param isSized whether its size is stated, as API 1.1 asks of every file (PEP 700)
 * @param json its object in the JSON page (PEP 691, 740)
 * @param anchor its anchor in the HTML page (PEP 503, 592, 714)
 */
record Row(String filename, String version, boolean isSized, String json, String anchor) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Writes it with the addresses under which the repository has it. */
  static Row of(Offer offer, String url, @Nullable String provenanceUrl) {
    return new Row(
        offer.artifact().filename(),
        offer.artifact().version(),
        offer.size() != null,
        json(offer, url, provenanceUrl),
        anchor(offer, url, provenanceUrl));
  }

  private static String json(Offer offer, String url, @Nullable String provenanceUrl) {
    List<String> members = new ArrayList<>();
    members.add("\"filename\":" + Json.text(offer.artifact().filename()));
    members.add("\"url\":" + Json.text(url));
    members.add("\"hashes\":" + Json.object(offer.hashes()));
    if (offer.size() != null) {
      members.add("\"size\":" + offer.size());
    }
    if (offer.uploadTime() != null) {
      members.add("\"upload-time\":" + Json.text(TIME.format(offer.uploadTime())));
    }
    if (offer.requiresPython() != null) {
      members.add("\"requires-python\":" + Json.text(offer.requiresPython()));
    }
    String metadata = metadataMember(offer);
    members.add("\"core-metadata\":" + metadata);
    members.add("\"data-dist-info-metadata\":" + metadata);
    members.add("\"yanked\":" + yankedMember(offer.yankedBecause()));
    if (provenanceUrl != null) {
      members.add("\"provenance\":" + Json.text(provenanceUrl));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String metadataMember(Offer offer) {
    return switch (offer.metadataHash()) {
      case NOT_OFFERED -> "false";
      case UNSTATED -> "true";
      case TRUE, WRONG -> Json.object(Map.of("sha256", offer.metadataSha256()));
    };
  }

  private static String yankedMember(@Nullable String reason) {
    if (reason == null) {
      return "false";
    }
    return reason.isEmpty() ? "true" : Json.text(reason);
  }

  private static String anchor(Offer offer, String url, @Nullable String provenanceUrl) {
    StringBuilder anchor = new StringBuilder("<a href=\"").append(Html.escaped(url));
    offer.hashes().entrySet().stream()
        .limit(1) // a fragment holds one
        .forEach(hash -> anchor.append("#%s=%s".formatted(hash.getKey(), hash.getValue())));
    anchor.append('"');
    String metadata = metadataAttribute(offer);
    anchor
        .append(Html.attribute("data-requires-python", offer.requiresPython()))
        .append(Html.attribute("data-yanked", offer.yankedBecause()))
        .append(Html.attribute("data-core-metadata", metadata))
        .append(Html.attribute("data-dist-info-metadata", metadata))
        .append(Html.attribute("data-provenance", provenanceUrl));
    String filename = Html.escaped(offer.artifact().filename());
    return anchor.append('>').append(filename).append("</a><br>\n").toString();
  }

  private static @Nullable String metadataAttribute(Offer offer) {
    return switch (offer.metadataHash()) {
      case NOT_OFFERED -> null;
      case UNSTATED -> "true";
      case TRUE, WRONG -> "sha256=" + offer.metadataSha256();
    };
  }
}
