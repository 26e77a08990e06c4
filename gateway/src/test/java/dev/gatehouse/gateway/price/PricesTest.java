package dev.gatehouse.gateway.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.price.ModelPrice.Rates;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {
  private static final PriceTable TABLE = PriceTable.builtIn();

  private static Rates rates(
      String input, @Nullable String read, @Nullable String write, String output) {
    return rates(input, read, write, null, output);
  }

  private static Rates rates(
      String input,
      @Nullable String read,
      @Nullable String write,
      @Nullable String writeLong,
      String output) {
    return Rates.of(
        new BigDecimal(input),
        read == null ? null : new BigDecimal(read),
        write == null ? null : new BigDecimal(write),
        writeLong == null ? null : new BigDecimal(writeLong),
        new BigDecimal(output));
  }

  @Test
  void addsUpInputCacheAndOutput() {
    ModelPrice price = ModelPrice.flat(rates("3.00", "0.30", "3.75", "15.00"));

    // 700 plain × 3000 + 200 read × 300 + 100 written × 3750 + 50 out × 15000 nano-USD
    assertThat(price.cost(new Usage(1000, 200, 100, 50, 20)))
        .hasValue(2_100_000 + 60_000 + 375_000 + 750_000);
  }

  @Test
  void asksItsOwnPriceForWhatIsCachedForAnHour() {
    ModelPrice price = TABLE.find(ProviderType.ANTHROPIC, "claude-sonnet-4-6").orElseThrow();

    // 20 for five minutes × 3750 + 80 for an hour × 6000 nano-USD
    assertThat(price.cost(new Usage(100, 0, 100, 80, 0, 0))).hasValue(75_000 + 480_000);
    assertThat(price.most(100, 0)).isEqualTo(600_003);
    assertThat(price.cost(new Usage(100, 0, 10, 11, 0, 0))).isEmpty();
  }

  @Test
  void asksTwiceTheInputsPriceForAnHourOfEveryModelOfAnthropic() {
    ModelPrice longCall = TABLE.find(ProviderType.ANTHROPIC, "claude-sonnet-4-5").orElseThrow();

    for (String model : List.of("claude-fable-5-1", "claude-opus-5-5", "claude-haiku-5-5")) {
      Rates rates = TABLE.find(ProviderType.ANTHROPIC, model).orElseThrow().usual();
      assertThat(rates.cacheWriteLong()).as(model).isEqualTo(2 * rates.input());
    }
    assertThat(Objects.requireNonNull(longCall.longer()).cacheWriteLong()).isEqualTo(12_000_000);
  }

  /** A dearer price of writing alone says nothing of an hour. */
  @Test
  void asksForAnHourWhatAnyWritingCostsWhereNothingElseIsSaid() {
    ModelPrice astra = TABLE.find(ProviderType.OPENAI, "gpt-6-astra").orElseThrow();

    assertThat(astra.cost(new Usage(100, 0, 100, 80, 0, 0))).hasValue(1_250_000);
    assertThat(astra.most(100, 0)).isEqualTo(1_250_003);
    assertThat(ModelPrice.flat(rates("3", null, null, "0")).cost(new Usage(9, 0, 9, 9, 0, 0)))
        .hasValue(27_000);
    assertThat(ModelPrice.flat(rates("3", null, "4", "2", "0")).most(100, 0)).isEqualTo(400_003);
  }

  @Test
  void roundsEachComponentUp() {
    ModelPrice price = ModelPrice.flat(rates("0.0375", null, null, "0.15"));

    assertThat(price.cost(new Usage(1, 0, 0, 1, 0))).hasValue(38 + 150);
    assertThat(price.cost(new Usage(2, 0, 0, 0, 0))).hasValue(75);
    assertThat(price.cost(Usage.NONE)).hasValue(0);
  }

  /** Otari lost 2 % to rounding; here each component is at most a nano-dollar above the truth. */
  @Test
  void isNeverBelowTheTrueCostNorANanoAboveItAComponent() {
    Random random = new Random(20260324);
    for (int i = 0; i < 10_000; i++) {
      BigDecimal input = BigDecimal.valueOf(random.nextLong(100_000_000), 6);
      BigDecimal output = BigDecimal.valueOf(random.nextLong(100_000_000), 6);
      long in = random.nextLong(2_000_000);
      long out = random.nextLong(200_000);
      long cost =
          ModelPrice.flat(Rates.of(input, null, null, null, output))
              .cost(new Usage(in, 0, 0, out, 0))
              .orElseThrow();
      BigDecimal truth =
          input
              .multiply(BigDecimal.valueOf(in))
              .add(output.multiply(BigDecimal.valueOf(out)))
              .multiply(BigDecimal.valueOf(1000));
      BigInteger least = truth.setScale(0, RoundingMode.CEILING).toBigInteger();

      assertThat(BigInteger.valueOf(cost)).isBetween(least, least.add(BigInteger.ONE));
    }
  }

  @Test
  void reservesNoLessThanACallCanCost() {
    Random random = new Random(7);
    ModelPrice price =
        new ModelPrice(
            rates("3.01", "0.3", "3.75", "6.02", "15.00"),
            rates("6.00", "0.6", "7.5", "12", "22.5"),
            200);
    for (int i = 0; i < 10_000; i++) {
      long read = random.nextLong(100);
      long written = random.nextLong(100);
      long input = read + written + random.nextLong(100);
      long output = random.nextLong(1000);
      long longer = random.nextLong(written + 1);
      long cost = price.cost(new Usage(input, read, written, longer, output, 0)).orElseThrow();

      assertThat(price.most(input, output)).isGreaterThanOrEqualTo(cost);
    }
  }

  @Test
  void asksTheLongPriceForTheWholeOfALongCall() {
    ModelPrice price = TABLE.find(ProviderType.GEMINI, "gemini-2.5-pro").orElseThrow();

    assertThat(price.cost(new Usage(200_000, 0, 0, 0, 0))).hasValue(200_000L * 1250);
    assertThat(price.cost(new Usage(200_001, 0, 0, 1, 0))).hasValue(200_001L * 2500 + 15_000);
  }

  @Test
  void doesNotBelieveImpossibleUsage() {
    ModelPrice price = ModelPrice.flat(rates("5000", null, null, "5000"));

    assertThat(price.cost(new Usage(-1, 0, 0, 0, 0))).isEmpty();
    assertThat(price.cost(new Usage(Long.MAX_VALUE, 0, 0, 0, 0))).isEmpty();
    assertThat(price.cost(new Usage(10, 6, 5, 0, 0))).isEmpty();
    assertThat(price.cost(new Usage(1_000_000_000, 0, 0, 1_000_000_000, 0)))
        .hasValue(2 * 5_000_000L * 1_000_000_000L);
  }

  @Test
  void knowsADatedReleaseByItsModelAndOneOfItsOwnPriceByItself() {
    assertThat(TABLE.find(ProviderType.OPENAI, "gpt-5-mini-2025-08-07"))
        .isEqualTo(TABLE.find(ProviderType.OPENAI, "gpt-5-mini"))
        .isPresent();
    assertThat(TABLE.find(ProviderType.ANTHROPIC, "claude-sonnet-4-5-20250929")).isPresent();
    assertThat(TABLE.find(ProviderType.OPENAI, "gpt-4o-2024-05-13"))
        .isPresent()
        .isNotEqualTo(TABLE.find(ProviderType.OPENAI, "gpt-4o"));
  }

  @Test
  void guessesNoPrice() {
    assertThat(TABLE.find(ProviderType.OPENAI, "gpt-5-mini-turbo")).isEmpty();
    assertThat(TABLE.find(ProviderType.AZURE, "gpt-5-mini")).isEmpty();
    assertThat(TABLE.find(ProviderType.OPENAI, "")).isEmpty();
    assertThat(TABLE.size()).isGreaterThan(50);
    assertThat(TABLE.asOf(ProviderType.OPENAI)).hasValue(LocalDate.of(2026, 11, 5));
    assertThat(TABLE.asOf(ProviderType.AZURE)).isEmpty();
  }

  @Test
  void takesOffOnlyADateOfTheVendorsOwnForm() {
    assertThat(TABLE.find(ProviderType.OPENAI, "gpt-5-mini-20250807")).isEmpty();
    assertThat(TABLE.find(ProviderType.ANTHROPIC, "claude-haiku-4-5-2025-10-01")).isEmpty();
    assertThat(TABLE.find(ProviderType.GEMINI, "gemini-2.5-flash-001")).isPresent();
    assertThat(TABLE.find(ProviderType.BEDROCK, "amazon.nova-pro-v1:0-20250101")).isEmpty();
  }

  @Test
  void prefersTheConfigurationsPrice() {
    ModelSettings.Prices own =
        new ModelSettings.Prices(new BigDecimal("1"), new BigDecimal("2"), null, null, null);

    assertThat(TABLE.find(ProviderType.OPENAI, settings(own), "gpt-5-mini"))
        .hasValue(ModelPrice.flat(rates("1", null, null, "2")));
    ModelSettings.Prices withCache =
        new ModelSettings.Prices(
            new BigDecimal("1"),
            new BigDecimal("2"),
            new BigDecimal("0.1"),
            new BigDecimal("1.25"),
            new BigDecimal("3"));
    assertThat(TABLE.find(ProviderType.OPENAI, settings(withCache), "gpt-5-mini"))
        .hasValue(ModelPrice.flat(rates("1", "0.1", "1.25", "3", "2")));
    assertThat(TABLE.find(ProviderType.OPENAI, settings(null), "gpt-5-mini"))
        .isEqualTo(TABLE.find(ProviderType.OPENAI, "gpt-5-mini"));
  }

  private static ModelSettings settings(ModelSettings.@Nullable Prices prices) {
    return new ModelSettings(
        "fast",
        "openai",
        "gpt-5-mini",
        prices,
        null,
        null,
        1,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void knowsTheLargestAnswerOfAModel() {
    assertThat(TABLE.largestOutput(ProviderType.OPENAI, "gpt-4o-2024-05-13")).hasValue(4096);
    assertThat(TABLE.largestOutput(ProviderType.OPENAI, "gpt-4o-2024-11-20")).hasValue(16_384);
    assertThat(TABLE.largestOutput(ProviderType.OLLAMA, "llama")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10,10000000000", "0.000000001,1", "12.50,12500000000", "0,0"})
  void readsDollars(String text, long nano) {
    assertThat(NanoUsd.parse(text)).isEqualTo(nano);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e3", "1.", "0.0000000001", "1000000000.1", "NaN", "١"})
  void refusesWhatIsNoAmount(String text) {
    assertThatThrownBy(() -> NanoUsd.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesDollars() {
    assertThat(List.of(0L, 1L, 12_500_000_000L, 100_000_000_000L))
        .map(NanoUsd::text)
        .containsExactly("0.00", "0.000000001", "12.50", "100.00");
  }
}
