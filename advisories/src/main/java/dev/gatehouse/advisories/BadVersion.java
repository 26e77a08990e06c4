package dev.gatehouse.advisories;

import java.util.List;

/**
 * Why a version of a project is known to be malware.
 *
 * @param id of an advisory, or the name of an incident that has none
 * @param aliases other ids of the same matter
 * @param summary what it is, one line without a full stop; may be empty
 */
public record BadVersion(String id, List<String> aliases, String summary) {
  /** Takes a copy. */
  public BadVersion {
    aliases = List.copyOf(aliases);
  }
}
