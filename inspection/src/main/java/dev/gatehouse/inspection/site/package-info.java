/**
 * One site directory, be it a wheel's files where an installer would put them (PyPA "Binary
 * distribution format") or an installed {@code site-packages}: what of it runs by itself, who owns
 * each file (PyPA "Recording installed projects"), and what its code does. For the inspectors of
 * artifacts, environments and images, which push its files one by one.
 */
@NullMarked
package dev.gatehouse.inspection.site;

import org.jspecify.annotations.NullMarked;
