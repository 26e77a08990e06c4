package dev.gatehouse.index.gate;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.mirror.ArtifactMirror;
import dev.gatehouse.index.mirror.Gate;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.MirrorFailure;
import dev.gatehouse.index.mirror.Opened;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.vetting.FileFacts;
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
  private final Vetting vetting;
  private final MeterRegistry metrics;

  /**
   * @param metrics where verdicts are counted
   */
  public Vetter(ArtifactMirror artifacts, Vetting vetting, MeterRegistry metrics) {
    this.artifacts = artifacts;
    this.vetting = vetting;
    this.metrics = metrics;
  }

  /**
   * What lets a file out once its vetting admits it.
   *
   * @param view the snapshot at whose own address it is asked for; null: at that of the index
   */
  public Gate gate(ListedFile file, @Nullable Snapshot view) {
    return (sha256, bytes) -> vet(file.facts(), sha256, bytes, view).admitted();
  }

  private Verdict vet(
      FileFacts facts, Sha256 sha256, SeekableByteChannel bytes, @Nullable Snapshot view)
      throws InterruptedException {
    Verdict verdict = vetting.vet(withHash(facts, sha256), bytes, view);
    metrics.counter("gatehouse.verdicts", "verdict", verdict.word()).increment();
    return verdict;
  }

  private static FileFacts withHash(FileFacts facts, Sha256 sha256) {
    return new FileFacts(
        facts.artifact(), sha256, facts.firstSeen(), facts.published(), facts.removed());
  }

  /**
   * Fetches and inspects a file that was not inspected by today's rules yet. What comes of it is
   * its verdict, which the next listing has. Blocks for as long as that takes.
   *
   * @return why it could not be had; empty: it was inspected
   */
  public Optional<MirrorFailure> vet(ListedFile file) throws IOException {
    if (vetting.isInspected(file.facts())) {
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
          vetting.compare(withHash(file.facts(), sha256), bytes);
          return vet(file.facts(), sha256, bytes, null).admitted();
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
