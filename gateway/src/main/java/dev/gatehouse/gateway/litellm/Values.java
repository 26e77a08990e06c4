package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads single values; what is there and cannot be used is told. */
final class Values {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());
  private static final int MOST_RETRIES = 10;
  private static final int MOST_NAME = 300;
  private static final int MOST_DIGITS = 40;

  private final Remarks remarks;

  Values(Remarks remarks) {
    this.remarks = remarks;
  }

  /** A text of at most 300 characters; nothing where there is none. */
  Optional<String> text(@Nullable Yaml value, String key) {
    if (value == null || isNothing(value)) {
      return Optional.empty();
    }
    if (value instanceof Scalar scalar
        && scalar.text().length() <= MOST_NAME
        && scalar.text().chars().noneMatch(Character::isISOControl)) {
      return Optional.of(scalar.text().strip());
    }
    remarks.lost(
        value.at(),
        key,
        "It is no text of at most %d characters in one line.".formatted(MOST_NAME),
        "Correct it, and import again.");
    return Optional.empty();
  }

  /** A text, or the reference {@code env:X} to a variable. */
  Optional<String> reference(@Nullable Yaml value, String key) {
    if (value instanceof Scalar scalar) {
      Optional<String> variable = Secrets.variable(scalar);
      if (variable.isPresent()) {
        return variable.map(name -> "env:" + name);
      }
    }
    return text(value, key);
  }

  /** A number that is not negative. */
  Optional<BigDecimal> number(@Nullable Yaml value, String key) {
    if (value == null || isNothing(value)) {
      return Optional.empty();
    }
    if (value instanceof Scalar scalar && scalar.text().length() <= MOST_DIGITS) {
      try {
        BigDecimal number = new BigDecimal(scalar.text().strip());
        // An exponent of millions would be written out.
        if (number.signum() >= 0 && Math.abs(number.scale()) <= MOST_DIGITS) {
          return Optional.of(number);
        }
      } catch (NumberFormatException _) {
        // It is told below, like what is negative.
      }
    }
    boolean variable = value instanceof Scalar scalar && Secrets.variable(scalar).isPresent();
    remarks.lost(
        value.at(),
        key,
        variable ? "Numbers are not read from variables." : "It is no number from 0 on.",
        "Write the number, and import again.");
    return Optional.empty();
  }

  /** A whole number from 0 on. */
  Optional<Integer> count(@Nullable Yaml value, String key, int most) {
    return number(value, key)
        .flatMap(
            number -> {
              if (number.stripTrailingZeros().scale() <= 0
                  && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return Optional.of(number.intValueExact());
              }
              remarks.lost(
                  at(value),
                  key,
                  "It is no whole number from 0 to %d.".formatted(most),
                  "Write one, and import again.");
              return Optional.empty();
            });
  }

  /** How often something is tried again. */
  Optional<Integer> retries(@Nullable Yaml value, String key) {
    return count(value, key, MOST_RETRIES);
  }

  /** Seconds of which there are some. */
  Optional<Duration> time(@Nullable Yaml value, String key) {
    return seconds(value, key)
        .filter(
            duration -> {
              if (duration.isZero()) {
                remarks.lost(
                    at(value), key, "No time at all is no time-out.", "Write at least 1 second.");
              }
              return duration.isPositive();
            });
  }

  /** Seconds; parts of one are rounded up. */
  Optional<Duration> seconds(@Nullable Yaml value, String key) {
    return number(value, key)
        .flatMap(
            number -> {
              if (number.compareTo(LONGEST) > 0) {
                remarks.lost(
                    at(value), key, "It is more than a day.", "Write at most 86400 seconds.");
                return Optional.empty();
              }
              BigDecimal whole = number.setScale(0, RoundingMode.CEILING);
              if (whole.compareTo(number) != 0) {
                remarks.note(at(value), key, "Rounded up to whole seconds.");
              }
              return Optional.of(Duration.ofSeconds(whole.longValueExact()));
            });
  }

  /** The texts of a list, or of a single one. */
  List<Scalar> texts(@Nullable Yaml value, String key) {
    return switch (value) {
      case null -> List.of();
      case Scalar scalar -> Meaning.isNothing(scalar) ? List.of() : List.of(scalar);
      case Sequence sequence -> {
        List<Scalar> texts = new ArrayList<>();
        for (Yaml item : sequence.items()) {
          if (item instanceof Scalar scalar && text(scalar, key).isPresent()) {
            texts.add(scalar);
          } else if (item instanceof Mapping) {
            remarks.lost(
                item.at(),
                key,
                "A fallback that changes the request is not possible.",
                "Name the model alone, and import again.");
          } else if (!(item instanceof Scalar)) {
            remarks.lost(item.at(), key, "It is no name.", "Write one, and import again.");
          }
        }
        yield texts;
      }
      case Mapping mapping -> {
        remarks.lost(mapping.at(), key, "It is no list of names.", "Write one, and import again.");
        yield List.of();
      }
    };
  }

  private static boolean isNothing(Yaml value) {
    return value instanceof Scalar scalar && Meaning.isNothing(scalar);
  }

  private static Yaml.Place at(@Nullable Yaml value) {
    return Objects.requireNonNull(value).at();
  }
}
