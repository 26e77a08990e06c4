package dev.gatehouse.packaging.requirement;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.SpecifierSet;
import java.util.Optional;
import java.util.Set;

/** One comparison of a marker; the variable may stand on either side. */
record Comparison(Operand left, MarkerOperator operator, Operand right) implements Marker {
  /** What is compared. */
  sealed interface Operand {
    /** A variable. */
    record Asked(MarkerVariable variable) implements Operand {
      @Override
      public String toString() {
        return variable.text();
      }
    }

    /** A value, without its quotes; it has no backslash, and not both kinds of quotes. */
    record Given(String value) implements Operand {
      @Override
      public String toString() {
        return value.indexOf('"') < 0 ? '"' + value + '"' : '\'' + value + '\'';
      }
    }
  }

  @Override
  public boolean evaluate(MarkerEnvironment environment) {
    return switch (left) {
      case Operand.Asked(MarkerVariable variable) -> {
        if (!(right instanceof Operand.Given(String value)) || variable.isSet()) {
          throw incomparable();
        }
        yield compare(variable, environment.value(variable), value);
      }
      case Operand.Given(String value) -> {
        if (!(right instanceof Operand.Asked(MarkerVariable variable))) {
          throw incomparable();
        }
        yield variable.isSet()
            ? isAmong(value, names(variable, environment))
            : compare(variable, value, environment.value(variable));
      }
    };
  }

  private boolean compare(MarkerVariable variable, String one, String other) {
    if (variable.isVersion() && !operator.isWord()) {
      Optional<SpecifierSet> clause = clause(other);
      if (clause.isPresent()) {
        return clause.get().contains(one, true);
      }
    }
    return variable.isName() ? compare(normal(one), normal(other)) : compare(one, other);
  }

  /** Null-safe reading of the operator and a text as one clause of a specifier set. */
  private Optional<SpecifierSet> clause(String text) {
    if (text.indexOf(',') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(SpecifierSet.parse(operator.symbol() + text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** Texts have no order: PEP 508 leaves {@code <} to Python, and {@code packaging} to nobody. */
  private boolean compare(String one, String other) {
    return switch (operator) {
      case EQUAL, AT_MOST, AT_LEAST -> one.equals(other);
      case NOT_EQUAL -> !one.equals(other);
      case LESS, GREATER -> false;
      case IN -> other.contains(one);
      case NOT_IN -> !other.contains(one);
      case ARBITRARY, COMPATIBLE -> throw incomparable();
    };
  }

  private boolean isAmong(String value, Set<String> names) {
    boolean among = names.stream().anyMatch(name -> normal(name).equals(normal(value)));
    return switch (operator) {
      case IN -> among;
      case NOT_IN -> !among;
      // A name is never a set, which is all that the reference has to say of these.
      case NOT_EQUAL -> true;
      case EQUAL, AT_MOST, AT_LEAST, LESS, GREATER -> false;
      case ARBITRARY, COMPATIBLE -> throw incomparable();
    };
  }

  private static Set<String> names(MarkerVariable variable, MarkerEnvironment environment) {
    return variable == MarkerVariable.EXTRAS ? environment.extras() : environment.groups();
  }

  private static String normal(String name) {
    return ProjectName.parseIfValid(name).map(ProjectName::normalized).orElse(name);
  }

  private MalformedException incomparable() {
    return new MalformedException("a marker cannot compare so: " + quoted(toString()));
  }

  @Override
  public String toString() {
    return left + " " + operator.symbol() + " " + right;
  }
}
