/**
 * Who received what: downloads, recorded beside the serving and never in its way, and what audits
 * told is installed.
 */
@NullMarked
package dev.gatehouse.vetting.exposure;

import org.jspecify.annotations.NullMarked;
