/**
 * The private Python index over HTTP: the simple API (PEP 503, 691 and what followed, version 1.4),
 * files, provenance, PyPI's JSON API, health, metrics and the administration of clients.
 *
 * <p>{@link dev.gatehouse.index.IndexServer} is the way in. Inside, each package uses only those
 * before it: {@code settings}, {@code mirror} (upstreams and what is kept), {@code listing} (what a
 * caller is shown), {@code client} (who asks), {@code http} (requests and answers).
 */
@NullMarked
package dev.gatehouse.index;

import org.jspecify.annotations.NullMarked;
