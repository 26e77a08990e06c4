/**
 * Pages of the simple repository API as one model with two representations: HTML (PEP 503, 592,
 * 629, 658, 714, 740, 792) and JSON (PEP 691, 700), through API version 1.4. {@link
 * dev.gatehouse.packaging.simple.JsonPages} and {@link dev.gatehouse.packaging.simple.HtmlPages}
 * read what upstreams send and write what clients are sent.
 */
@NullMarked
package dev.gatehouse.packaging.simple;

import org.jspecify.annotations.NullMarked;
