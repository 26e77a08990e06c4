/**
 * An artifact against the source that it claims to come from, every difference explained. {@code
 * source} is where source is, {@code match} what a file of the artifact is to it; here the two
 * become findings. Of Gatehouse it uses {@code packaging}, {@code findings} and {@code inspection}.
 */
@NullMarked
package dev.gatehouse.comparison;

import org.jspecify.annotations.NullMarked;
