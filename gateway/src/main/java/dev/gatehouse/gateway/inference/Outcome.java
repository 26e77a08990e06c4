package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one try at a deployment ended. */
sealed interface Outcome {
  /**
   * The client has its answer, or as much of it as there will be.
   *
   * @param took what of it is known
   */
  record Answered(Took took) implements Outcome {}

  /**
   * The client has nothing yet: another try may be made.
   *
   * @param retryAfter what the provider asks to wait; null: it does not say
   * @param ownFault whether the deployment, and not the request, is to blame
   */
  record Failed(ProviderError error, @Nullable Duration retryAfter, boolean ownFault)
      implements Outcome {}

  /** The client left. What it took is still owed. */
  record Left(Took took) implements Outcome {}

  /**
   * What an answer took.
   *
   * @param usage null: the provider did not say, or not yet
   * @param seenTokens about how many came, for where it does not
   */
  record Took(@Nullable Usage usage, long seenTokens) {
    static final Took NOTHING = new Took(null, 0);

    /** Nothing, for certain: no vendor charges for a count of tokens. */
    static final Took FREE = new Took(Usage.NONE, 0);
  }
}
