/**
 * The lock files of the tools: pylock.toml (PEP 751), uv.lock, poetry.lock, pdm.lock and
 * Pipfile.lock, each by its own class.
 */
@NullMarked
package dev.gatehouse.pins.lock;

import org.jspecify.annotations.NullMarked;
