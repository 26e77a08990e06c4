/** Tests of taking LiteLLM's configuration over. */
@NullMarked
package dev.gatehouse.gateway.litellm;

import org.jspecify.annotations.NullMarked;
