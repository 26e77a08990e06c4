package dev.gatehouse.inspection.archive;

import java.util.List;

/**
 * One image of an archive.
 *
 * @param name its platform or tag, as far as the archive tells
 * @param layers the paths of its layers in the archive, the lowest first
 */
record ImageManifest(String name, List<String> layers) {
  ImageManifest {
    layers = List.copyOf(layers);
  }
}
