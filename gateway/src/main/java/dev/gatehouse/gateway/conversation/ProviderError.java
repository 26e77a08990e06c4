package dev.gatehouse.gateway.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A provider's error.
 *
 * @param status the HTTP status, or that which the error stands for where it came within a stream
 * @param kind what it is to a client
 * @param code the provider's own word for it, such as {@code context_length_exceeded}; null: none
 * @param message the provider's text, for people
 */
public record ProviderError(int status, Kind kind, @Nullable String code, String message) {
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
