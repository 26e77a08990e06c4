/**
 * The way in: an HTTP server that listens, with its limits, its TLS and its access log, round
 * whatever answers. What every server of ours has is here, so that a slow header, an ambiguous path
 * or a forged proxy's header meets the same wall at each of them.
 */
@NullMarked
package dev.gatehouse.inbound;

import org.jspecify.annotations.NullMarked;
