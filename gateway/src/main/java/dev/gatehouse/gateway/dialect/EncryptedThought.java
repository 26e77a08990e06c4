package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Part;

/**
 * What other vendors need back to let a model think on, in the one field that the Responses API has
 * for it. What is in it without the gateway's mark is OpenAI's, of no use to anybody else.
 */
final class EncryptedThought {
  private static final String SIGNATURE = "gatehouse-signature:";
  private static final String REDACTED = "gatehouse-redacted:";

  private EncryptedThought() {}

  static Part read(String text, String encrypted) {
    if (encrypted.startsWith(SIGNATURE)) {
      return new Part.Thought(text, encrypted.substring(SIGNATURE.length()));
    }
    return encrypted.startsWith(REDACTED)
        ? new Part.RedactedThought(encrypted.substring(REDACTED.length()))
        : new Part.Thought(text, null);
  }

  static String signed(String signature) {
    return SIGNATURE + signature;
  }

  static String redacted(String data) {
    return REDACTED + data;
  }
}
