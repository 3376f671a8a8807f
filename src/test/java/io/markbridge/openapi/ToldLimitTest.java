package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit that the operator tells with each answer is used up and not exceeded (Y3). */
class ToldLimitTest {
  private static final String ACCOUNT = "market:1001";
  private static final String LIMIT = "market-identifiers";
  private static final int AT_ONCE = 4;

  private final ManualClock clock = new ManualClock();
  private final RequestLimits limits =
      new RequestLimits(
          name -> new RequestLimits.Limit(10_000, Duration.ofHours(1), 500, 50, true, false),
          clock);

  private static LimitHint hint(long limit, long remaining, Instant until) {
    return new LimitHint(limit, remaining, until);
  }

  /** An operator that counts a hundred calls of each second of its clock. */
  private static final class Operator {
    private final int limit;
    private final Map<Long, Integer> used = new HashMap<>();
    private int refused;

    private Operator(int limit) {
      this.limit = limit;
    }

    LimitHint call(Instant now) {
      long second = now.getEpochSecond();
      int before = used.getOrDefault(second, 0);
      if (before >= limit) {
        refused++;
      } else {
        used.put(second, before + 1);
      }
      return hint(limit, limit - used.getOrDefault(second, 0), Instant.ofEpochSecond(second + 1));
    }
  }

  /** A call on its way: when it arrives, and when its answer is back. */
  private record Sent(Instant arrives, Instant back, boolean[] counted, LimitHint[] answer) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aThousandOrdersUseTheLimitAndNeverExceedIt(long seed) {
    Random random = new Random(seed);
    clock.advance(Duration.ofMillis(random.nextInt(1000)));
    Operator operator = new Operator(100);
    PriorityQueue<Sent> onTheWay = new PriorityQueue<>(Comparator.comparing(Sent::back));
    int left = 1000;
    int refusedBeforeFirstHint = 0;
    boolean hinted = false;
    Instant begin = clock.instant();
    while (left > 0 || !onTheWay.isEmpty()) {
      int granted = limits.take(ACCOUNT, LIMIT, Math.min(left, AT_ONCE - onTheWay.size()));
      left -= granted;
      for (int one = 0; one < granted; one++) {
        Instant arrives = clock.instant().plusMillis(1 + random.nextInt(5));
        onTheWay.add(
            new Sent(
                arrives,
                arrives.plusMillis(1 + random.nextInt(10)),
                new boolean[1],
                new LimitHint[1]));
      }
      clock.advance(Duration.ofMillis(1));
      Instant now = clock.instant();
      onTheWay.stream()
          .filter(one -> !one.counted()[0] && !one.arrives().isAfter(now))
          .sorted(Comparator.comparing(Sent::arrives))
          .forEach(
              one -> {
                one.counted()[0] = true;
                one.answer()[0] = operator.call(now);
              });
      while (!onTheWay.isEmpty() && !onTheWay.peek().back().isAfter(now)) {
        Sent back = onTheWay.remove();
        limits.answered(ACCOUNT, LIMIT, Optional.of(back.answer()[0]));
        hinted = true;
      }
      refusedBeforeFirstHint = hinted ? refusedBeforeFirstHint : operator.refused;
    }
    assertThat(operator.refused)
        .as("no 420 after the first hint")
        .isEqualTo(refusedBeforeFirstHint);
    long first = begin.getEpochSecond();
    long last = clock.instant().getEpochSecond();
    for (long second = first + 1; second < last - 1; second++) {
      assertThat(operator.used.getOrDefault(second, 0))
          .as("of second %s", second)
          .isBetween(95, 100);
    }
  }

  @Test
  void whatThePresetSaysHoldsUntilTheOperatorTells() {
    assertThat(limits.take(ACCOUNT, LIMIT, 1000)).as("at the start").isEqualTo(50);
    for (int one = 0; one < 50; one++) {
      limits.answered(
          ACCOUNT, LIMIT, Optional.of(hint(1_000_000, 999_000, clock.instant().plusSeconds(60))));
    }
    assertThat(limits.take(ACCOUNT, LIMIT, 2000)).as("the operator's word").isEqualTo(2000);
  }

  @Test
  void aSitesOwnLimitHoldsWhateverTheOperatorTells() {
    RequestLimits firm =
        new RequestLimits(
            name -> new RequestLimits.Limit(100, Duration.ofHours(1), 5, 5, true, true), clock);
    assertThat(firm.take(ACCOUNT, LIMIT, 1000)).isEqualTo(5);
    firm.answered(
        ACCOUNT, LIMIT, Optional.of(hint(1_000_000, 999_000, clock.instant().plusSeconds(60))));
    assertThat(firm.take(ACCOUNT, LIMIT, 1000)).isZero();
  }

  @Test
  void nothingIsLeftUntilTheNextPeriod() {
    limits.take(ACCOUNT, LIMIT, 1);
    limits.answered(ACCOUNT, LIMIT, Optional.of(hint(10, 0, clock.instant().plusSeconds(5))));
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).isZero();
    clock.advance(Duration.ofSeconds(5));
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).as("clocks differ a little").isZero();
    clock.advance(Duration.ofMillis(100));
    assertThat(limits.take(ACCOUNT, LIMIT, 40)).isEqualTo(10);
  }

  @Test
  void whatIsOnItsWayCounts() {
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).isEqualTo(4);
    limits.answered(ACCOUNT, LIMIT, Optional.of(hint(10, 5, clock.instant().plusSeconds(5))));
    assertThat(limits.take(ACCOUNT, LIMIT, 40)).as("three are not counted yet").isEqualTo(2);
    limits.giveBack(ACCOUNT, LIMIT, 2);
    assertThat(limits.take(ACCOUNT, LIMIT, 1)).isEqualTo(1);
  }

  @Test
  void lostAnswersHoldNothingUpForEver() {
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).isEqualTo(4);
    limits.answered(ACCOUNT, LIMIT, Optional.of(hint(4, 0, clock.instant().plusSeconds(1))));
    clock.advance(Duration.ofMinutes(5));
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).isEqualTo(4);
    for (int one = 0; one < 4; one++) {
      limits.answered(ACCOUNT, LIMIT, Optional.empty());
    }
    assertThat(limits.take(ACCOUNT, LIMIT, 4)).as("one asks how it stands").isEqualTo(1);
  }
}
