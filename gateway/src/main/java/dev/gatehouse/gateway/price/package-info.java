/**
 * What calls cost, exactly, in nano-dollars: a billionth of a US dollar, as a whole number. Nothing
 * here is a floating-point number.
 */
@NullMarked
package dev.gatehouse.gateway.price;

import org.jspecify.annotations.NullMarked;
