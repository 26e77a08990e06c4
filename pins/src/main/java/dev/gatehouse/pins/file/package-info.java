/** What a requirement or lock file says, whichever tool wrote it. */
@NullMarked
package dev.gatehouse.pins.file;

import org.jspecify.annotations.NullMarked;
