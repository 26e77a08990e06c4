/** Cohere's API, version 2: chat and its stream. */
@NullMarked
package dev.gatehouse.gateway.dialect.cohere;

import org.jspecify.annotations.NullMarked;
