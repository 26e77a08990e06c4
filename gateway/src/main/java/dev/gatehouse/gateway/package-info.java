/**
 * The LLM gateway: the only process that holds provider keys. Applications are given virtual keys
 * instead; what steals everything from an application finds nothing that works elsewhere.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
