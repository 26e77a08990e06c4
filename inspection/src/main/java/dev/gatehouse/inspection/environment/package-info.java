/**
 * Where Python packages are installed, on the disk of a machine or in an image: which environments
 * there are (PEP 405, PEP 370, the layouts of the tools that make them), what runs by itself in
 * each, what surrounds them (caches that outlive an uninstall, profile files), all without starting
 * Python. For the audit.
 */
@NullMarked
package dev.gatehouse.inspection.environment;

import org.jspecify.annotations.NullMarked;
