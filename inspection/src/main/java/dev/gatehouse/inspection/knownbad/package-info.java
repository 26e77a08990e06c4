/**
 * What the world already knows to be bad: advisories by name and version, hashes of files and
 * artifacts, and what incidents leave behind. For the inspectors of artifacts, environments and
 * images.
 */
@NullMarked
package dev.gatehouse.inspection.knownbad;

import org.jspecify.annotations.NullMarked;
