/**
 * Keeps the trusted root of a Sigstore instance current by The Update Framework (TUF 1.0): what a
 * mirror gives is believed for its signatures, versions, ends and hashes alone.
 */
@NullMarked
package dev.gatehouse.provenance.refresh;

import org.jspecify.annotations.NullMarked;
