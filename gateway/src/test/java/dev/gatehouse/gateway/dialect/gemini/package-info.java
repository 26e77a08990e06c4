@NullMarked
package dev.gatehouse.gateway.dialect.gemini;

import org.jspecify.annotations.NullMarked;
