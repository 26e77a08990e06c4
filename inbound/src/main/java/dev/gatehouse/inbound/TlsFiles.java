package dev.gatehouse.inbound;

import java.nio.file.Path;

/**
 * What TLS is served with, both in PEM.
 *
 * @param certificate the server's certificate, followed by its chain
 * @param key its private key, unencrypted PKCS #8
 */
public record TlsFiles(Path certificate, Path key) {}
