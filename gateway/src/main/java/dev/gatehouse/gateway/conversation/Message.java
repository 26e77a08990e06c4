package dev.gatehouse.gateway.conversation;

import java.util.List;

/** One turn. Results of tools are parts of a user's turn, the calls parts of the assistant's. */
public record Message(Role role, List<Part> parts) {
  /** Whose turn it is. */
  public enum Role {
    USER,
    ASSISTANT,
    /**
     * Instructions within the conversation: those before it are {@link Conversation#system}. Text
     * and cache points only.
     */
    SYSTEM
  }

  public Message {
    parts = List.copyOf(parts);
  }
}
