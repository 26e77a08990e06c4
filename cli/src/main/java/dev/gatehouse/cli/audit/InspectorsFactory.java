package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.advisories.AdvisorySettings;

/** Makes the inspectors, which may read advisories first. */
@FunctionalInterface
interface InspectorsFactory {
  /**
   * @throws dev.gatehouse.cli.outcome.CommandFailure where the settings are wrong
   */
  Inspectors open(AdvisorySettings settings);
}
