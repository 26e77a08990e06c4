/**
 * What the index knows of the upstreams and keeps of them: project pages with their history, and
 * artifacts whose hash was verified. Nothing here knows of HTTP clients, callers or policy.
 *
 * <p>Three answers never become one another: known, absent, and unavailable. A page that was seen
 * once stays usable while its upstream is down; bytes that do not match their hash never become
 * visible.
 */
@NullMarked
package dev.gatehouse.index.mirror;

import org.jspecify.annotations.NullMarked;
