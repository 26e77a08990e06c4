/**
 * What a piece of Python does that matters here, and when: prefilter, tokenizer with constant
 * folding, a parse of what survives, and the payload rules on it.
 */
@NullMarked
package dev.gatehouse.inspection.code;

import org.jspecify.annotations.NullMarked;
