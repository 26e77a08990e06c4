package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a request for an artifact's bytes.
 *
 * @param sha256 of the bytes
 * @param client whose token it was; empty: anonymous
 * @param clientId the client's, which never changes and outlives its name; null: anonymous
 * @param address where the request came from
 * @param agent what the client calls itself, cut
 * @param outcome what it got
 * @param at when the answer ended
 */
public record Download(
    ArtifactName artifact,
    Sha256 sha256,
    String client,
    @Nullable UUID clientId,
    String address,
    String agent,
    Outcome outcome,
    Instant at) {
  private static final int MOST_AGENT = 300;

  /** What a request came to. */
  public enum Outcome {
    /** All of it was sent, in one answer or in the last of several. */
    RECEIVED("received"),
    /** A part was sent. It is exposure too: what a client does with a part is not known. */
    PARTIAL("partial"),
    /** It was not served. */
    REFUSED("refused");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** The word of the commands and of the database. */
    public String text() {
      return text;
    }
  }

  /** Cuts the agent, which the client wrote. */
  public Download {
    agent = agent.length() > MOST_AGENT ? agent.substring(0, MOST_AGENT) : agent;
  }
}
