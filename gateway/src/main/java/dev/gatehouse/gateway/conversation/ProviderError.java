package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;

/**
 * An error: a provider's, or the gateway's own in a provider's words.
 *
 * @param status the HTTP status, or that which the error stands for where it came within a stream
 * @param kind what it is to a client
 * @param code the provider's own word for it, such as {@code context_length_exceeded}; null: none
 * @param field the JSON path of what in the request it is about, as {@code messages[2].content};
 *     null: unknown
 * @param message for people
 */
public record ProviderError(
    int status, Kind kind, @Nullable String code, @Nullable String field, String message) {
  /** The classes that the vendors' SDKs tell apart. */
  public enum Kind {
    INVALID_REQUEST,
    AUTHENTICATION,
    PERMISSION,
    NOT_FOUND,
    TOO_LARGE,
    RATE_LIMIT,
    /** Credit or a spending limit is used up: another try cannot help. */
    OUT_OF_CREDIT,
    CONTEXT_LENGTH,
    CONTENT_POLICY,
    OVERLOADED,
    TIMEOUT,
    SERVER
  }
}
