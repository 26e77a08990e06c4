/**
 * The workflows that publish: what in them keeps a project from token-free, attested publishing and
 * what could leak the credentials that remain, and the edits that mend it. Files are read; nothing
 * of them is run.
 */
@NullMarked
package dev.gatehouse.provenance.workflow;

import org.jspecify.annotations.NullMarked;
