package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Claim;
import dev.gatehouse.gateway.budget.Grant;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import dev.gatehouse.gateway.key.VirtualKey;
import dev.gatehouse.gateway.price.ModelPrice;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.gateway.routing.Health;
import dev.gatehouse.gateway.routing.ModelGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers one call: tries the deployments of its model, then those of its fallbacks, each with what
 * it may cost set aside first. Once the client has seen a beginning, nothing is tried again.
 */
final class Inference {
  private static final int MOST_RETRIES = 10;

  /** A chain of fallbacks longer than this is a mistake. */
  private static final int MOST_MODELS = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /** What is set aside for an answer whose length the client does not bound. */
  private static final long USUAL_OUTPUT = 32_768;

  /** No model reads more. An image is far fewer tokens than bytes. */
  private static final long MOST_INPUT = 1_000_000;

  private static final int BYTES_A_TOKEN = 4;

  /**
   * Faster than models write. What may have been made for a client that left before anything came
   * is counted by it, since the provider counts it too.
   */
  private static final long MOST_TOKENS_A_SECOND = 1_000;

  /** For how long a call waits for others that hold the rest of its budget. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST_STREAM = Duration.ofHours(2).plusMinutes(5);

  private final Accounting accounting;
  private final Health health;
  private final Carriers carriers;
  private final Pause pause;
  private final RandomGenerator random;

  Inference(
      Accounting accounting,
      Health health,
      Carriers carriers,
      Pause pause,
      RandomGenerator random) {
    this.accounting = accounting;
    this.health = health;
    this.carriers = carriers;
    this.pause = pause;
    this.random = random;
  }

  /** How a call ended that the client has no answer to yet. */
  record Refusal(ProviderError error, @Nullable Duration retryAfter) {}

  /** A call that is not to be tried again, whatever else there is. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
      super(refusal.error().message());
      this.refusal = refusal;
    }
  }

  /**
   * Answers a call.
   *
   * @return what to tell the client; empty: it has its answer, or left
   */
  Optional<Refusal> answer(Call call, VirtualKey key, Catalog catalog, ClientAnswer out)
      throws InterruptedException {
    return new Run(call, key, catalog, out).answer();
  }

  /** One call on its way through deployments and fallbacks. */
  private final class Run {
    private final Call call;
    private final VirtualKey key;
    private final Catalog catalog;
    private final ClientAnswer out;
    private final Set<String> models = new HashSet<>();

    Run(Call call, VirtualKey key, Catalog catalog, ClientAnswer out) {
      this.call = call;
      this.key = key;
      this.catalog = catalog;
      this.out = out;
    }

    Optional<Refusal> answer() throws InterruptedException {
      String model = call.request().model();
      Optional<ModelGroup> group = catalog.table().find(model);
      if (group.isEmpty()) {
        return Optional.of(
            new Refusal(OwnErrors.noSuchModel(model, catalog.table().isEmpty()), null));
      }
      try {
        return ask(group.get()).map(failed -> new Refusal(failed.error(), failed.retryAfter()));
      } catch (RefusedException e) {
        return Optional.of(e.refusal);
      }
    }

    /** Asks a model, and where it fails those that the operator named for such a failure. */
    private Optional<Outcome.Failed> ask(ModelGroup group)
        throws RefusedException, InterruptedException {
      models.add(group.name());
      Optional<Outcome.Failed> failed = tryDeployments(group);
      if (failed.isEmpty()) {
        return failed;
      }
      for (String name : fallbacks(group, failed.get().error().kind())) {
        Optional<ModelGroup> next = catalog.table().find(name);
        boolean open =
            next.isPresent()
                && models.size() < MOST_MODELS
                && !models.contains(next.get().name())
                && key.terms().scope().allowsModel(name);
        if (open) {
          call.fallingBack();
          Optional<Outcome.Failed> again = ask(next.get());
          if (again.isEmpty()) {
            return again;
          }
        }
      }
      return failed;
    }

    private Optional<Outcome.Failed> tryDeployments(ModelGroup group)
        throws RefusedException, InterruptedException {
      List<Deployment> tried = new ArrayList<>();
      Outcome.Failed last = null;
      int retries = retries(group);
      for (int i = 0; i <= retries; i++) {
        if (call.cancellation().isCancelled()) {
          return Optional.empty();
        }
        Optional<Deployment> next = health.next(group, tried);
        if (next.isEmpty()) {
          return Optional.of(
              last != null
                  ? last
                  : new Outcome.Failed(
                      OwnErrors.allDown(group.name()), health.untilNext(group), false));
        }
        if (last != null && tried.contains(next.get())) {
          if (!isWorthRepeating(last.error().kind())) {
            return Optional.of(last);
          }
          Duration wait = untilNextTry(i, last.retryAfter());
          if (wait.compareTo(LONGEST_PAUSE) > 0) {
            return Optional.of(last);
          }
          pause.until(wait);
        }
        tried.add(next.get());
        switch (attempt(next.get())) {
          case Outcome.Failed failed -> {
            if (!failed.ownFault()) {
              return Optional.of(failed);
            }
            last = failed;
          }
          case Outcome.Answered _, Outcome.Left _ -> {
            return Optional.empty();
          }
        }
      }
      return Optional.ofNullable(last);
    }

    private int retries(ModelGroup group) {
      Integer asked = call.options().retries();
      Integer own = group.deployments().getFirst().settings().retries();
      int retries = asked != null ? asked : own != null ? own : catalog.settings().retries();
      return Math.clamp(retries, 0, MOST_RETRIES);
    }

    private Outcome attempt(Deployment deployment) throws RefusedException {
      Optional<Carrier> carrier = carriers.find(call.operation(), deployment);
      if (carrier.isEmpty()) {
        return new Outcome.Failed(OwnErrors.cannot(call.operation(), deployment), null, false);
      }
      Duration asked = call.options().timeout();
      Duration timeout =
          asked == null || asked.compareTo(deployment.timeout()) > 0 ? deployment.timeout() : asked;
      Bill bill = reserve(deployment, timeout);
      try {
        call.asking();
        Outcome outcome =
            carry(
                carrier.get(),
                new Attempt(
                    call, deployment, timeout, catalog.settings().dropUnsupported(), out, bill));
        call.answeredAt();
        note(deployment, outcome, bill);
        return outcome;
      } finally {
        bill.release();
      }
    }

    private Outcome carry(Carrier carrier, Attempt attempt) {
      long begun = System.nanoTime();
      Outcome outcome = carrier.carry(attempt);
      return outcome instanceof Outcome.Failed && call.cancellation().isCancelled()
          ? new Outcome.Left(mayHaveTaken(attempt.deployment(), System.nanoTime() - begun))
          : outcome;
    }

    private Outcome.Took mayHaveTaken(Deployment deployment, long nanos) {
      long written = nanos / (1_000_000_000 / MOST_TOKENS_A_SECOND);
      return new Outcome.Took(null, Math.min(written, mostOutput(deployment)));
    }

    private void note(Deployment deployment, Outcome outcome, Bill bill) {
      switch (outcome) {
        case Outcome.Failed failed -> {
          if (failed.ownFault()) {
            health.failed(
                deployment, catalog.settings().allowedFails(), catalog.settings().cooldown());
          }
        }
        case Outcome.Answered answered -> {
          bill.settle(answered.took());
          health.succeeded(deployment);
          health.used(deployment, tokens(answered.took()));
        }
        case Outcome.Left left -> {
          bill.settle(left.took());
          health.used(deployment, tokens(left.took()));
        }
      }
    }

    private static long tokens(Outcome.Took took) {
      return took.usage() == null
          ? took.seenTokens()
          : took.usage().input() + took.usage().output();
    }

    private Bill reserve(Deployment deployment, Duration timeout) throws RefusedException {
      Optional<ModelPrice> price = catalog.price(deployment);
      if (price.isEmpty() && !catalog.settings().allowUnpriced()) {
        throw new RefusedException(new Refusal(OwnErrors.unpriced(deployment), null));
      }
      int bytes = call.request().body().length;
      long most =
          price.map(p -> p.most(Math.min(bytes, MOST_INPUT), mostOutput(deployment))).orElse(0L);
      Duration lease =
          call.request().isStreamed() ? LONGEST_STREAM : timeout.plus(Duration.ofMinutes(1));
      long input = bytes / BYTES_A_TOKEN;
      Grant grant = accounting.reserve(new Claim(key.accounts(), most, input, lease, PATIENCE));
      return switch (grant) {
        case Grant.Granted granted ->
            new Bill(
                accounting,
                new AccountId(AccountId.Kind.KEY, key.id()),
                granted.reservation(),
                deployment,
                call.options().labels(),
                price.orElse(null),
                new Bill.Guess(input, most));
        case Grant.Refused refused ->
            throw new RefusedException(new Refusal(OwnErrors.refused(refused), after(refused)));
        case Grant.Unrecordable _ ->
            throw new RefusedException(new Refusal(OwnErrors.unrecordable(), null));
      };
    }

    private static @Nullable Duration after(Grant.Refused refused) {
      return switch (refused) {
        case Grant.TooFast fast -> fast.after();
        case Grant.Busy _, Grant.TooManyAtOnce _ -> Duration.ofSeconds(1);
        case Grant.Spent _ -> null;
      };
    }

    private long mostOutput(Deployment deployment) {
      return switch (call.operation()) {
        case EMBEDDINGS, RERANK, COUNT_TOKENS -> 0;
        case CHAT_COMPLETIONS, RESPONSES, MESSAGES ->
            Math.min(
                    call.request().mostOutput().orElse(USUAL_OUTPUT),
                    catalog.largestOutput(deployment).orElse(Integer.MAX_VALUE))
                * call.request().choices();
      };
    }
  }

  /** Another try at the same place can help with these; with others only another place can. */
  private static boolean isWorthRepeating(Kind kind) {
    return switch (kind) {
      case RATE_LIMIT, OVERLOADED, TIMEOUT, SERVER -> true;
      case INVALID_REQUEST,
          AUTHENTICATION,
          PERMISSION,
          NOT_FOUND,
          TOO_LARGE,
          OUT_OF_CREDIT,
          CONTEXT_LENGTH,
          CONTENT_POLICY ->
          false;
    };
  }

  private static List<String> fallbacks(ModelGroup group, Kind kind) {
    return switch (kind) {
      case CONTEXT_LENGTH -> group.contextWindowFallbacks();
      case CONTENT_POLICY -> group.contentPolicyFallbacks();
      case INVALID_REQUEST, TOO_LARGE -> List.of();
      case AUTHENTICATION,
          PERMISSION,
          NOT_FOUND,
          RATE_LIMIT,
          OUT_OF_CREDIT,
          OVERLOADED,
          TIMEOUT,
          SERVER ->
          group.fallbacks();
    };
  }

  /** As the provider asks, else twice as long each time, and not at the same moment as others. */
  private Duration untilNextTry(int tries, @Nullable Duration retryAfter) {
    if (retryAfter != null) {
      return retryAfter;
    }
    long doubled = FIRST_PAUSE.toMillis() << Math.min(tries - 1, 10);
    long millis = Math.min(doubled, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
