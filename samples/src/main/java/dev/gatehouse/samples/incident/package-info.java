/**
 * The shapes of known attacks on Python packages, re-enacted so that detection can be measured:
 * wheels and sdists made by code, for tests, the demo and the benchmarks. They are written from the
 * public descriptions of the incidents, by people who did not look at the rules.
 *
 * <p>They are harmless by construction, and nobody runs them:
 *
 * <ul>
 *   <li>every host is below {@code .invalid}, which resolves nowhere (RFC 2606);
 *   <li>every process is started with {@code executable="true"}: the arguments have the shape of
 *       the incident, the program that runs is {@code true};
 *   <li>what is said to collect secrets opens files but reads no byte of them, and takes the names
 *       of variables without their values;
 *   <li>a systemd unit runs {@code /bin/true} and nothing enables it;
 *   <li>no domain, hash or file name of a real incident occurs, and no project has a real name: a
 *       list of known indicators finds nothing here.
 * </ul>
 *
 * <p>The texts within the layers of encoding stay readable in this source; the layers are put round
 * them when the artifact is built.
 */
@NullMarked
package dev.gatehouse.samples.incident;

import org.jspecify.annotations.NullMarked;
