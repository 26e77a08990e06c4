/**
 * YAML of strangers, read into a tree that knows its lines; bounded, and nothing is built from it.
 */
@NullMarked
package dev.gatehouse.yaml;

import org.jspecify.annotations.NullMarked;
