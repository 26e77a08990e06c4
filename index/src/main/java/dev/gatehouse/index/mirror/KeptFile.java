package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.artifact.Sha256;

/**
 * A verified file in the blob store.
 *
 * @param sha256 its bytes' hash, by which the blob store knows it
 * @param size in bytes
 */
public record KeptFile(Sha256 sha256, long size) {}
