/**
 * Each file of an artifact against a tree of its source: hashed as git hashes, looked up by its
 * bytes, and where it is not there, explained by what is in it and never by what it is called.
 */
@NullMarked
package dev.gatehouse.comparison.match;

import org.jspecify.annotations.NullMarked;
