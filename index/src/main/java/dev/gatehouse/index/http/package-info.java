/**
 * Requests and answers: each endpoint is a thin adapter round a service, all refusals are made in
 * {@link dev.gatehouse.index.http.Problem}'s form, and exactly one place turns them into an answer.
 */
@NullMarked
package dev.gatehouse.index.http;

import org.jspecify.annotations.NullMarked;
