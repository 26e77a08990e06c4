package dev.gatehouse.index.settings;

import dev.gatehouse.vetting.policy.Policy;

/** Reads the policy of a configuration's text, for a dry run of it. */
@FunctionalInterface
public interface PolicyReading {
  /**
   * @param toml the whole text of a {@code gatehouse.toml}
   * @throws IllegalArgumentException where it is wrong; the message has a line for each problem
   */
  Policy read(String toml);
}
