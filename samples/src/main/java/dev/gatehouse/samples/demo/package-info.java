/**
 * What {@code gatehouse demo} installs. Unlike the re-enactments in {@code samples.incident} these
 * carry the names of the incident, since they are only ever offered on loopback, and they are run:
 * all that they do is to write one line into a file that the demo names.
 */
@NullMarked
package dev.gatehouse.samples.demo;

import org.jspecify.annotations.NullMarked;
