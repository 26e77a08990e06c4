/** The contracts of the store's interfaces, which every implementation is held to. */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
