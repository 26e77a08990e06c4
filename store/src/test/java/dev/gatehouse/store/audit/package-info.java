/** The chain, held against logs that were tampered with. */
@NullMarked
package dev.gatehouse.store.audit;

import org.jspecify.annotations.NullMarked;
