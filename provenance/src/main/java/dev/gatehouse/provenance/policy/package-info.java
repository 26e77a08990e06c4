/** What users ask of the provenance of projects, and what an artifact lacks of it. */
@NullMarked
package dev.gatehouse.provenance.policy;

import org.jspecify.annotations.NullMarked;
