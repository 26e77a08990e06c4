package dev.gatehouse.pins.check;

import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.LockedFile;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.text.Location;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether everything that a file locks to an address lies on the index that it should come from: a
 * frozen install ({@code uv sync --frozen}, {@code pip install -r pylock.toml}) asks the addresses
 * in the lock, and no index at all.
 */
public final class BypassCheck {
  private static final String PYPI = "pypi.org";
  private static final String PYPI_FILES = "files.pythonhosted.org";

  private final Set<String> allowed;
  private final String index;

  /** The first address on a host, and how many there are. */
  private static final class Place {
    private final Location first;
    private int addresses;

    private Place(Location first) {
      this.first = first;
    }
  }

  private BypassCheck(String authority) {
    this.index = authority;
    this.allowed = authority.equals(PYPI) ? Set.of(PYPI, PYPI_FILES) : Set.of(authority);
  }

  /** Checks a file against an index over https or http. */
  public static void of(PinFile file, URI index, CheckResult result) {
    Addresses.authority(index.toString())
        .ifPresent(authority -> new BypassCheck(authority).check(file, result));
  }

  private void check(PinFile file, CheckResult result) {
    Map<String, Place> elsewhere = new LinkedHashMap<>();
    for (IndexOption option : file.options()) {
      if (option.kind() == IndexOption.Kind.INDEX) {
        note(option.value(), option.location(), elsewhere);
      }
    }
    for (Requirement requirement : file.requirements()) {
      switch (requirement.source()) {
        case Source.Index source -> {
          for (LockedFile locked : requirement.files()) {
            if (locked.address() != null) {
              note(locked.address(), locked.location(), elsewhere);
            }
          }
          if (source.url() != null) {
            note(source.url(), requirement.location(), elsewhere);
          }
        }
        case Source.Archive archive -> note(archive.url(), requirement.location(), elsewhere);
        case Source.Repository repository ->
            note(repository.url(), requirement.location(), elsewhere);
        case Source.Local _, Source.Own _ -> {}
      }
    }
    elsewhere.forEach(
        (authority, place) ->
            result.add(
                PinRules.BYPASSES_INDEX,
                place.first,
                "%,d of its addresses %s on %s and not on %s; this is the first."
                    .formatted(
                        place.addresses, place.addresses == 1 ? "lies" : "lie", authority, index),
                authority));
  }

  private void note(String address, Location location, Map<String, Place> elsewhere) {
    Addresses.authority(address)
        .filter(authority -> !allowed.contains(authority))
        .ifPresent(
            authority ->
                elsewhere.computeIfAbsent(authority, _ -> new Place(location)).addresses++);
  }
}
