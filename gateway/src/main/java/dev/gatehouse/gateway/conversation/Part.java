package dev.gatehouse.gateway.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message. */
public sealed interface Part {
  /** Text. */
  record Text(String text) implements Part {}

  /**
   * The provider is asked to cache the prompt up to here. It changes what an answer costs, never
   * what it says: a provider that decides itself what it caches may be told nothing.
   *
   * @param hour whether for an hour; otherwise as long as the provider usually does
   */
  record CachePoint(boolean hour) implements Part {}

  /**
   * An image, by value or by address; exactly one of {@code base64} and {@code url} is there.
   *
   * @param mediaType such as {@code image/png}; null where only the address is known
   * @param detail how closely it is to be looked at, a word of OpenAI's; null: unsaid
   */
  record Image(
      @Nullable String mediaType,
      @Nullable String base64,
      @Nullable String url,
      @Nullable String detail)
      implements Part {}

  /**
   * A document, such as a PDF, by value or by address; exactly one of {@code base64} and {@code
   * url} is there.
   *
   * @param mediaType such as {@code application/pdf}, {@code text/plain}; null where only the
   *     address is known
   * @param name its file name or title; null: none
   */
  record Document(
      @Nullable String mediaType,
      @Nullable String base64,
      @Nullable String url,
      @Nullable String name)
      implements Part {}

  /**
   * A tool that the model calls.
   *
   * @param arguments a JSON object as text, exactly as the model wrote it
   * @param signature opaque, to be given back to the provider unchanged (Gemini); null: none
   */
  record ToolCall(String id, String name, String arguments, @Nullable String signature)
      implements Part {}

  /**
   * What a called tool gave.
   *
   * @param callId the call's id
   * @param name the tool's name, from the call; null where no call of this id is in the messages
   * @param content text, images, documents and cache points
   */
  record ToolResult(String callId, @Nullable String name, List<Part> content, boolean error)
      implements Part {
    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /**
   * What the model thought.
   *
   * @param signature the provider's proof that it is what the model thought; null: none
   */
  record Thought(String text, @Nullable String signature) implements Part {}

  /** What the model thought, encrypted by the provider. */
  record RedactedThought(String data) implements Part {}
}
