/**
 * Takes LiteLLM's proxy configuration over: {@code config.yaml} in, {@code gatehouse.toml} out, and
 * a list of what could not be honoured. Secrets that stand in the YAML are neither written nor
 * printed.
 */
@NullMarked
package dev.gatehouse.gateway.litellm;

import org.jspecify.annotations.NullMarked;
