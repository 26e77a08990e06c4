/**
 * The syntax of Python, read without running it: tokens and a tree of what every version from 2.7
 * to 3.15 would take (<a href="https://docs.python.org/3/reference/lexical_analysis.html">lexical
 * analysis</a>, <a href="https://docs.python.org/3/reference/grammar.html">grammar</a>). Lenient: a
 * statement that cannot be read is passed over and counted, because an attacker decides what is
 * read. For {@code inspection} alone.
 */
@NullMarked
package dev.gatehouse.inspection.python;

import org.jspecify.annotations.NullMarked;
