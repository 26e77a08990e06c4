/**
 * Who signed: what the certificate of an attestation says of the forge, the repository, the
 * workflow and the run (Fulcio's extensions, OIDs 1.3.6.1.4.1.57264.1), and how users name
 * publishers.
 */
@NullMarked
package dev.gatehouse.provenance.identity;

import org.jspecify.annotations.NullMarked;
