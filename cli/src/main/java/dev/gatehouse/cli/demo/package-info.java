/**
 * {@code gatehouse demo}: the LiteLLM incident of 24 March 2026, replayed with harmless stand-ins
 * on loopback, with a real pip. The one place of the program that uses {@code samples}.
 */
@NullMarked
package dev.gatehouse.cli.demo;

import org.jspecify.annotations.NullMarked;
