/**
 * What a piece of Python does that matters here, and when: its tree is gone through on what is
 * known of its values, layer by layer and with the modules that it calls, and what it does is held
 * against the rules on payloads. Nothing of it is run.
 */
@NullMarked
package dev.gatehouse.inspection.code;

import org.jspecify.annotations.NullMarked;
