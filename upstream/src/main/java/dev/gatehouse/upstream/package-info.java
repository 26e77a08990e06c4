/**
 * Asking another index: its project pages in JSON or HTML (PEP 503, PEP 691), its files, metadata
 * (PEP 658) and provenance (PEP 740); over https or http, or in a folder. Answers are values:
 * known, absent and unavailable never become one another. Nothing is kept and no hash is checked
 * here.
 */
@NullMarked
package dev.gatehouse.upstream;

import org.jspecify.annotations.NullMarked;
