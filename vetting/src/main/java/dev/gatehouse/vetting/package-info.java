/**
 * Vetting: evidence goes through the policy and becomes a verdict. {@link
 * dev.gatehouse.vetting.Vetting} is what an index needs of it.
 */
@NullMarked
package dev.gatehouse.vetting;

import org.jspecify.annotations.NullMarked;
