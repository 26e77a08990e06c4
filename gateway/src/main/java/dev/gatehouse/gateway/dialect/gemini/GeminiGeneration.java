package dev.gatehouse.gateway.dialect.gemini;

/** What a model's generation changes in its requests. */
enum GeminiGeneration {
  /** Thinks up to a budget. */
  SECOND,
  /** Thinks at a level, and wants its signatures back with a tool's call. */
  LATER;

  static GeminiGeneration of(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    return name.startsWith("gemini-1") || name.startsWith("gemini-2") || name.startsWith("gemma")
        ? SECOND
        : LATER;
  }
}
