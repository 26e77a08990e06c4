package dev.gatehouse.inspection.startup;

/**
 * A line of a {@code .pth} file that names a place for {@code sys.path}.
 *
 * @param path of the {@code .pth} file
 * @param line from 1
 * @param place as it was written
 * @param versions of Python that read it so
 */
public record PathLine(String path, int line, String place, String versions) {}
