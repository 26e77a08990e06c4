/** Google's Gemini API: generateContent and its stream, version v1beta. */
@NullMarked
package dev.gatehouse.gateway.dialect.gemini;

import org.jspecify.annotations.NullMarked;
