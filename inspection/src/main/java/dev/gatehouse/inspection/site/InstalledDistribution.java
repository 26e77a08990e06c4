package dev.gatehouse.inspection.site;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;

/**
 * A distribution that metadata speaks of.
 *
 * @param path of the metadata file
 */
public record InstalledDistribution(ProjectName project, Version version, String path) {}
