/**
 * Reads archives of strangers as a stream, without trust and without unpacking them: ZIP (APPNOTE
 * 6.3.10) as wheels, eggs and zip applications use it, and tar as sdists and image layers do.
 */
@NullMarked
package dev.gatehouse.inspection.archive;

import org.jspecify.annotations.NullMarked;
