package dev.gatehouse.provenance.attestation;

import java.util.Arrays;
import java.util.Optional;

/** What a statement says of its subject. */
public enum Predicate {
  /** That it was published so: {@code https://docs.pypi.org/attestations/publish/v1}. */
  PUBLISH("publish", "https://docs.pypi.org/attestations/publish/v1"),
  /** How it was built: {@code https://slsa.dev/provenance/v1}. */
  SLSA("slsa", "https://slsa.dev/provenance/v1");

  private final String text;
  private final String type;

  Predicate(String text, String type) {
    this.text = text;
    this.type = type;
  }

  static Optional<Predicate> find(String type) {
    return Arrays.stream(values()).filter(each -> each.type.equals(type)).findFirst();
  }

  /** As it is written in reports. */
  public String text() {
    return text;
  }

  /** Its address, as statements name it. */
  public String type() {
    return type;
  }
}
