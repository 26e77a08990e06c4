/**
 * {@code gatehouse gateway migrate-code}: finds where code uses the LiteLLM library, and says how
 * the {@code openai} library and the gateway do the same. Nothing that it reads is run.
 */
@NullMarked
package dev.gatehouse.cli.migrate;

import org.jspecify.annotations.NullMarked;
