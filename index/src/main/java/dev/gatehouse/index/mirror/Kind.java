package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.upstream.FileOutcome;
import dev.gatehouse.upstream.Upstream;

/** What is kept under an artifact's name. */
public enum Kind {
  /** The wheel or sdist itself. */
  ARTIFACT("artifact"),
  /** Its core metadata (PEP 658). */
  METADATA("metadata"),
  /** Its provenance object (PEP 740). */
  PROVENANCE("provenance");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  /** The word for it in the database and in messages. */
  String text() {
    return text;
  }

  FileOutcome ask(Upstream upstream, PageFile file) {
    return switch (this) {
      case ARTIFACT -> upstream.artifact(file);
      case METADATA -> upstream.metadata(file);
      case PROVENANCE -> upstream.provenance(file);
    };
  }
}
