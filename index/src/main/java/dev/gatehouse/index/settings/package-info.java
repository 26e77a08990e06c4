/** How an index is run: checked values, made by whoever reads the configuration. */
@NullMarked
package dev.gatehouse.index.settings;

import org.jspecify.annotations.NullMarked;
