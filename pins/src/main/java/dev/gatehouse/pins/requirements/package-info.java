/**
 * Requirements and constraints files, line by line as pip reads them (pip 26.2, {@code
 * req_file.py}): what it joins, passes over and abbreviates is joined, passed over and abbreviated
 * here, so that no line means one thing to us and another to the installer.
 */
@NullMarked
package dev.gatehouse.pins.requirements;

import org.jspecify.annotations.NullMarked;
