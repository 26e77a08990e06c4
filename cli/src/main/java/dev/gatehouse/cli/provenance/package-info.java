/** {@code gatehouse verify}: who built an artifact, and whether that goes on. */
@NullMarked
package dev.gatehouse.cli.provenance;

import org.jspecify.annotations.NullMarked;
