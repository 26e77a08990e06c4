package dev.gatehouse.index.http;

import dev.gatehouse.index.mirror.Gate;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.vetting.FileFacts;
import dev.gatehouse.vetting.Vetting;
import java.nio.channels.SeekableByteChannel;

/** Lets a file out when its vetting admits it. */
final class VettingGate implements Gate {
  private final Vetting vetting;
  private final FileFacts facts;

  VettingGate(Vetting vetting, FileFacts facts) {
    this.vetting = vetting;
    this.facts = facts;
  }

  @Override
  public boolean opens(Sha256 sha256, SeekableByteChannel bytes) throws InterruptedException {
    FileFacts known =
        new FileFacts(
            facts.artifact(), sha256, facts.firstSeen(), facts.published(), facts.removed());
    return vetting.vet(known, bytes).admitted();
  }
}
