package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A server-sent event (WHATWG HTML, section 9.2).
 *
 * @param name its field {@code event}; null: none
 * @param data its field {@code data}; may have several lines
 */
public record ServerEvent(@Nullable String name, String data) {}
