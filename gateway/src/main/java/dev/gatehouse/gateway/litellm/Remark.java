package dev.gatehouse.gateway.litellm;

/**
 * What there is to say of one place in the YAML. No text of it holds a value that could be secret.
 *
 * @param file its name, as the command was given it or as {@code include} names it
 * @param line in it, from 1
 * @param key the key, with its section: {@code litellm_settings.cache}
 * @param why what of it is not, or need not be, taken over, in a sentence
 * @param remedy what to do; empty where nothing is to be done
 */
public record Remark(Kind kind, String file, int line, String key, String why, String remedy) {
  /** What a remark means to the reader. */
  public enum Kind {
    /** LiteLLM did something that Gatehouse will not do. */
    NOT_HONOURED,
    /** It is honoured once a person has done something. */
    STEP,
    /** Nothing is lost and nothing is to be done. */
    NOTE
  }
}
