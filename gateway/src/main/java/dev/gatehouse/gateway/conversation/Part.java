package dev.gatehouse.gateway.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message. */
public sealed interface Part {
  /**
   * Text.
   *
   * @param cached whether the provider is asked to cache the prompt up to here
   */
  record Text(String text, boolean cached) implements Part {}

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

  /** A document, such as a PDF, by value. */
  record Document(String mediaType, String base64, @Nullable String name) implements Part {}

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
   * @param content text and images
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
