package io.markbridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import java.sql.SQLException;
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

  /** What three replicas take of one limit, at its largest appetite, by real time only as given. */
  @Property(tries = 5)
  void threeReplicasTogetherKeepTheLimit(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 1200) int perMinute)
      throws SQLException {
    ManualClock clock = new ManualClock();
    try (SharedLimits shared = new SharedLimits(clock)) {
      List<RequestLimits> takers =
          List.of(shared.replica(perMinute), shared.replica(perMinute), shared.replica(perMinute));
      Deque<long[]> sent = new ArrayDeque<>();
      int turn = 0;
      for (Step step : steps) {
        clock.advance(Duration.ofMillis(step.pause()));
        RequestLimits taker = takers.get(turn++ % 3);
        int granted = taker.take(ACCOUNT, "post", step.most());
        int unused = Math.min(granted, step.unused());
        taker.giveBack(ACCOUNT, "post", unused);
        sent.add(new long[] {clock.millis(), granted - unused});
        while (sent.peekFirst()[0] <= clock.millis() - MINUTE) {
          sent.removeFirst();
        }
        assertThat(sent.stream().mapToLong(one -> one[1]).sum()).isLessThanOrEqualTo(perMinute);
      }
    }
  }

  @Example
  void threeReplicasTogetherGetNearlyTheWholeLimit() throws SQLException {
    ManualClock clock = new ManualClock();
    try (SharedLimits shared = new SharedLimits(clock)) {
      List<RequestLimits> takers =
          List.of(shared.replica(1000), shared.replica(1000), shared.replica(1000));
      assertThat(takers.get(0).take(ACCOUNT, "post", 8)).as("empty at first").isZero();
      int granted = 0;
      for (int step = 0; step < 900; step++) {
        clock.advance(Duration.ofMillis(200));
        granted += takers.get(step % 3).take(ACCOUNT, "post", 8);
      }
      assertThat(granted).isBetween(3 * 970, 3 * 1000);
      RequestLimits late = shared.replica(1000);
      clock.advance(Duration.ofSeconds(5));
      assertThat(late.take(ACCOUNT, "post", 100))
          .as("who starts later finds the bucket that is there")
          .isEqualTo(15);
    }
  }

  @Example
  void aReplicaWhoseTimeLagsGetsNothingMore() throws SQLException {
    ManualClock clock = new ManualClock();
    ManualClock lagging = new ManualClock();
    try (SharedLimits shared = new SharedLimits(clock)) {
      clock.advance(Duration.ofMinutes(1));
      RequestLimits exact = shared.replica(100);
      RequestLimits slow = shared.replica(100, lagging);
      exact.take(ACCOUNT, "post", 1);
      clock.advance(Duration.ofSeconds(10));
      assertThat(exact.take(ACCOUNT, "post", 100)).isEqualTo(5);
      assertThat(slow.take(ACCOUNT, "post", 100)).isZero();
      clock.advance(Duration.ofMillis(700));
      assertThat(exact.take(ACCOUNT, "post", 100)).as("the bucket did not go back").isEqualTo(1);
    }
  }

  @Example
  void aLimitThatCannotBeAskedGrantsNothing() throws SQLException {
    ManualClock clock = new ManualClock();
    SharedLimits shared = new SharedLimits(clock);
    RequestLimits taker = shared.replica(1000);
    taker.take(ACCOUNT, "post", 1);
    clock.advance(Duration.ofMinutes(1));
    shared.close();
    assertThat(taker.take(ACCOUNT, "post", 8)).isZero();
    taker.giveBack(ACCOUNT, "post", 8);
  }

  @Example
  void aPauseOfOneReplicaHoldsTheOthersWithinASecond() throws SQLException {
    ManualClock clock = new ManualClock();
    try (SharedLimits shared = new SharedLimits(clock)) {
      RequestLimits told = shared.replica(0);
      RequestLimits other = shared.replica(0);
      assertThat(other.take(ACCOUNT, "post", 1)).isEqualTo(1);
      told.pause(ACCOUNT, "post", clock.instant().plusSeconds(30));
      told.pause(ACCOUNT, "post", clock.instant().plusSeconds(10));
      assertThat(told.take(ACCOUNT, "post", 1)).as("at once").isZero();
      clock.advance(Duration.ofMillis(1001));
      assertThat(other.take(ACCOUNT, "post", 1)).isZero();
      assertThat(other.take(ACCOUNT, "poll", 1)).as("another limit").isEqualTo(1);
      shared.endPauses();
      clock.advance(Duration.ofSeconds(30));
      assertThat(told.take(ACCOUNT, "post", 1)).isEqualTo(1);
      assertThat(other.take(ACCOUNT, "post", 1)).isEqualTo(1);
    }
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
