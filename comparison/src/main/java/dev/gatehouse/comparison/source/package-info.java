/**
 * A place where source is, read by the ids of its objects: a git repository, a git bundle, a plain
 * folder. Nothing of it is checked out and nothing of it runs: no hook, filter, submodule command
 * or LFS download. For {@code dev.gatehouse.comparison} and what looks for sources.
 */
@NullMarked
package dev.gatehouse.comparison.source;

import org.jspecify.annotations.NullMarked;
