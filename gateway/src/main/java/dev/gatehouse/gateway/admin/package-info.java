/**
 * Administration: what answers below {@code /api/}, and LiteLLM's shapes for scripts that call
 * them. Nothing here knows HTTP beyond methods, paths and status codes; the administration listener
 * brings requests here and answers back. Whatever has no route of its own, word for word, is
 * refused.
 */
@NullMarked
package dev.gatehouse.gateway.admin;

import org.jspecify.annotations.NullMarked;
