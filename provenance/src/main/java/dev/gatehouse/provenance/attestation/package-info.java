/**
 * Provenance objects and attestations (PEP 740, version 1) as they are written: read strictly and
 * within limits, into values that hold nothing that was not checked. Nothing here is verified yet.
 */
@NullMarked
package dev.gatehouse.provenance.attestation;

import org.jspecify.annotations.NullMarked;
