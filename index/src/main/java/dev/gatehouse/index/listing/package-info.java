/**
 * What a caller is shown of a project: its page with a verdict on every file. All surfaces (both
 * representations of the page, the JSON API, metadata, provenance, the file itself) are answered
 * from the one {@link dev.gatehouse.index.listing.Listing}, so that none can say what another
 * denies.
 */
@NullMarked
package dev.gatehouse.index.listing;

import org.jspecify.annotations.NullMarked;
