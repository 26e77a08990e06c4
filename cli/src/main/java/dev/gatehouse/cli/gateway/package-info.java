/**
 * {@code gatehouse gateway}: what runs with the gateway's own class path, which has no archive
 * readers and no index.
 */
@NullMarked
package dev.gatehouse.cli.gateway;

import org.jspecify.annotations.NullMarked;
