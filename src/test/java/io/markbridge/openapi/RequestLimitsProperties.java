package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No sliding minute exceeds a limit, whatever the pattern of calls (design decision 6). */
class RequestLimitsProperties {
  private static final String ACCOUNT = "default";
  private static final long MINUTE = 60_000;

  /** Wait, then ask for some, and give some of those back. */
  record Step(int pause, int most, int unused) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> wait =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(5, Arbitraries.integers().between(0, 500)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 70_000)),
            net.jqwik.api.Tuple.of(3, Arbitraries.just(0)));
    return Combinators.combine(
            wait,
            Arbitraries.integers().between(0, 200),
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(3, 0),
                net.jqwik.api.Tuple.of(1, 3),
                net.jqwik.api.Tuple.of(1, 500)))
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }

  @Property(tries = 300)
  void noSlidingMinuteExceedsTheLimit(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(min = 1, max = 120) int perMinute,
      @ForAll @IntRange(min = 1, max = 10) int burst,
      @ForAll @IntRange(max = 10) int atStart) {
    ManualClock clock = new ManualClock();
    RequestLimits limits =
        new RequestLimits(name -> new RequestLimits.Limit(perMinute, burst, atStart), clock);
    Deque<long[]> sent = new ArrayDeque<>();
    for (Step step : steps) {
      clock.advance(Duration.ofMillis(step.pause()));
      int granted = limits.take(ACCOUNT, "post", step.most());
      assertThat(granted).isBetween(0, step.most());
      int unused = Math.min(granted, step.unused());
      limits.giveBack(ACCOUNT, "post", unused);
      sent.add(new long[] {clock.millis(), granted - unused});
      while (sent.peekFirst()[0] <= clock.millis() - MINUTE) {
        sent.removeFirst();
      }
      assertThat(sent.stream().mapToLong(one -> one[1]).sum()).isLessThanOrEqualTo(perMinute);
    }
  }

  @Property(tries = 50)
  void aSteadyCallerGetsNearlyTheWholeLimit(@ForAll @IntRange(min = 10, max = 200) int perMinute) {
    ManualClock clock = new ManualClock();
    RequestLimits limits =
        new RequestLimits(name -> new RequestLimits.Limit(perMinute, 5, 0), clock);
    int granted = 0;
    for (int step = 0; step < 3000; step++) {
      clock.advance(Duration.ofMillis(200));
      granted += limits.take(ACCOUNT, "post", 32);
    }
    assertThat(granted).isBetween((perMinute - 5) * 10 - 1, perMinute * 10);
  }

  @Example
  void afterAStartNothingGoesAtOnceButWhatTheLimitSays() {
    ManualClock clock = new ManualClock();
    RequestLimits empty = new RequestLimits(name -> new RequestLimits.Limit(100, 5, 0), clock);
    assertThat(empty.take(ACCOUNT, "post", 10)).isZero();
    RequestLimits some = new RequestLimits(name -> new RequestLimits.Limit(10, 2, 2), clock);
    assertThat(some.take(ACCOUNT, "login", 10)).isEqualTo(2);
  }

  @Example
  void givingBackNeverExceedsTheCapacity() {
    ManualClock clock = new ManualClock();
    RequestLimits limits = new RequestLimits(name -> new RequestLimits.Limit(100, 5, 5), clock);
    assertThat(limits.take(ACCOUNT, "post", 1)).isEqualTo(1);
    limits.giveBack(ACCOUNT, "post", 50);
    limits.giveBack(ACCOUNT, "post", -50);
    limits.giveBack(ACCOUNT, "nobody took", 50);
    assertThat(limits.take(ACCOUNT, "post", 32)).isEqualTo(5);
    assertThat(limits.take(ACCOUNT, "post", 32)).isZero();
  }

  @Example
  void aPauseHoldsEveryoneUntilTheLatestDeadline() {
    ManualClock clock = new ManualClock();
    RequestLimits limits = new RequestLimits(name -> new RequestLimits.Limit(0, 1, 1), clock);
    limits.pause(ACCOUNT, "post", clock.instant().plusSeconds(30));
    limits.pause(ACCOUNT, "post", clock.instant().plusSeconds(10));
    assertThat(limits.take(ACCOUNT, "post", 7)).isZero();
    assertThat(limits.take("other", "post", 7)).as("another account").isEqualTo(7);
    assertThat(limits.take(ACCOUNT, "poll", 7)).as("another limit").isEqualTo(7);
    clock.advance(Duration.ofSeconds(29));
    assertThat(limits.take(ACCOUNT, "post", 7)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(limits.take(ACCOUNT, "post", 7)).isEqualTo(7);
  }
}
