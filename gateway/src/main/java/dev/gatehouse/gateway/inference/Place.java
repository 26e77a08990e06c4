package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.ChatCompletions;
import dev.gatehouse.gateway.dialect.ClientDialect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a path of the listener means. */
sealed interface Place {
  /** Which methods it takes. */
  Set<String> methods();

  /** In whose words its errors are. */
  default ClientDialect dialect() {
    return ChatCompletions.OPENAI;
  }

  /** Whether the process lives, or can answer. */
  record Health(boolean live) implements Place {
    @Override
    public Set<String> methods() {
      return Set.of("GET", "HEAD");
    }
  }

  /**
   * The models.
   *
   * @param name one of them; null: all
   */
  record Models(@Nullable String name) implements Place {
    @Override
    public Set<String> methods() {
      return Set.of("GET");
    }
  }

  /**
   * A call.
   *
   * @param model the model that the path names; null: the body does
   */
  record Ask(Operation operation, @Nullable String model) implements Place {
    @Override
    public Set<String> methods() {
      return Set.of("POST");
    }

    @Override
    public ClientDialect dialect() {
      return operation.dialect();
    }
  }

  /** Nothing is there. */
  record Nowhere() implements Place {
    @Override
    public Set<String> methods() {
      return Set.of();
    }
  }
}
