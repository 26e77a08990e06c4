package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;

/** One version of a project. */
public record Distribution(ProjectName project, Version version) {}
