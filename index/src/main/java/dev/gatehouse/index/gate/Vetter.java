package dev.gatehouse.index.gate;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.Gate;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.record.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has files vetted: those that clients fetch, and those that nobody asked for yet. */
public final class Vetter {
  private final ArtifactMirror artifacts;
  private final Attestations attestations;
  private final Vetting vetting;
  private final MeterRegistry metrics;

  /**
   * @param metrics where verdicts are counted
   */
  public Vetter(
      ArtifactMirror artifacts, Attestations attestations, Vetting vetting, MeterRegistry metrics) {
    this.artifacts = artifacts;
    this.attestations = attestations;
    this.vetting = vetting;
    this.metrics = metrics;
  }

  /**
   * What lets a file out once its vetting admits it.
   *
   * @param view the snapshot at whose own address it is asked for; null: at that of the index
   */
  public Gate gate(ListedFile file, @Nullable Snapshot view) {
    return (sha256, bytes) -> vet(file, sha256, bytes, view).admitted();
  }

  private Verdict vet(
      ListedFile file, Sha256 sha256, SeekableByteChannel bytes, @Nullable Snapshot view)
      throws InterruptedException {
    attestations.look(file, sha256);
    Verdict verdict = vetting.vet(file.facts().withHash(sha256), bytes, view);
    metrics.counter("gatehouse.verdicts", "verdict", verdict.word()).increment();
    return verdict;
  }

  /**
   * Fetches and inspects a file that was not inspected by today's rules yet, or of whose provenance
   * something is missing. What comes of it is its verdict, which the next listing has. Blocks for
   * as long as that takes.
   *
   * @return why it could not be had; empty: it was inspected
   */
  public Optional<MirrorFailure> vet(ListedFile file) throws IOException {
    if (vetting.isInspected(file.facts()) && vetting.isProvenanceKnown(file.facts())) {
      return Optional.empty();
    }
    return vet(file, gate(file, null));
  }

  /**
   * Inspects a file and compares it with its source, also where that was done before. Blocks for as
   * long as that takes.
   *
   * @return why it could not be had; empty: it was compared
   */
  public Optional<MirrorFailure> compare(ListedFile file) throws IOException {
    return vet(
        file,
        (sha256, bytes) -> {
          vetting.compare(file.facts().withHash(sha256), bytes);
          return vet(file, sha256, bytes, null).admitted();
        });
  }

  private Optional<MirrorFailure> vet(ListedFile file, Gate gate) throws IOException {
    return switch (artifacts.openWhole(file.wanted(Kind.ARTIFACT, gate).orElseThrow())) {
      case Opened.Kept kept -> {
        kept.channel().close();
        yield Optional.empty();
      }
      case Opened.Arriving arriving -> {
        arriving.channel().close();
        yield Optional.empty();
      }
      case Opened.Failed(MirrorFailure failure) ->
          failure.cause() == MirrorFailure.Cause.REFUSED ? Optional.empty() : Optional.of(failure);
    };
  }
}
