/**
 * What the {@code site} module runs or adds to the path at every start of Python: the lines of
 * {@code .pth} files (CPython's {@code Lib/site.py}, measured on 3.6 to 3.13 and read in 3.15), the
 * entry points of {@code .start} files (PEP 829), and the rules on all else that runs by itself.
 * For whoever looks at site directories. What any Python would run counts, and the findings say
 * which.
 */
@NullMarked
package dev.gatehouse.inspection.startup;

import org.jspecify.annotations.NullMarked;
