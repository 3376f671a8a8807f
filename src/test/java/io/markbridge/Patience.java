package io.markbridge;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what has to come: so long that a machine which stands still for a while
 * makes no test fail. A test that passes never waits for its end.
 */
public final class Patience {
  public static final Duration LONG = Duration.ofMinutes(2);

  private Patience() {}

  /**
   * @param what is waited for; told where it does not come
   */
  public static ConditionFactory await(String what) {
    return Awaitility.await(what).pollInterval(Duration.ofMillis(20)).atMost(LONG);
  }
}
