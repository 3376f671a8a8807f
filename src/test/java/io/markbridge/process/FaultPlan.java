package io.markbridge.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Decides what happens to each request; several threads ask at once. */
@FunctionalInterface
interface FaultPlan {
  Fault next(String method, String path);

  static FaultPlan none() {
    return (method, path) -> Fault.none();
  }

  /**
   * These faults, one each, for the next requests that fit; the others pass.
   *
   * @param request a pattern of method, blank and path, such as {@code POST /api/orders}
   */
  static FaultPlan script(String request, Fault... faults) {
    Pattern fits = Pattern.compile(request);
    Deque<Fault> left = new ArrayDeque<>(List.of(faults));
    return (method, path) -> {
      if (!fits.matcher(method + " " + path).lookingAt()) {
        return Fault.none();
      }
      synchronized (left) {
        return left.isEmpty() ? Fault.none() : left.removeFirst();
      }
    };
  }

  /** One of these faults for so many of a thousand requests. */
  static FaultPlan random(long seed, int ofThousand, List<Fault> faults) {
    Random random = new Random(seed);
    return (method, path) -> {
      synchronized (random) {
        return random.nextInt(1000) < ofThousand
            ? faults.get(random.nextInt(faults.size()))
            : Fault.none();
      }
    };
  }

  /** Everything that networks and operators do to a request, in about equal parts. */
  static List<Fault> everyFault() {
    return List.of(
        Fault.delay(Duration.ofMillis(700)),
        Fault.delay(Duration.ofSeconds(3)),
        Fault.of(Fault.Kind.CUT_BEFORE),
        Fault.of(Fault.Kind.CUT_AFTER),
        Fault.of(Fault.Kind.HALF_ANSWER),
        Fault.errorBefore(500),
        Fault.errorBefore(502),
        Fault.errorBefore(503),
        Fault.errorBefore(504),
        Fault.errorAfter(500),
        Fault.errorAfter(502),
        Fault.errorAfter(503),
        Fault.errorAfter(504),
        Fault.of(Fault.Kind.HTML_BEFORE),
        Fault.of(Fault.Kind.HTML_AFTER),
        Fault.of(Fault.Kind.SLOW_REQUEST),
        Fault.of(Fault.Kind.SLOW_ANSWER));
  }
}
