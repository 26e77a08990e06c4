/**
 * Versions and version specifiers: PEP 440 as kept in "Version specifiers" of the PyPA
 * specifications. Where the text leaves room, the answer is the one of the reference implementation
 * that pip 26.2 vendors ({@code packaging} 26); tests compare the two where Python is present.
 */
@NullMarked
package dev.gatehouse.packaging.version;

import org.jspecify.annotations.NullMarked;
