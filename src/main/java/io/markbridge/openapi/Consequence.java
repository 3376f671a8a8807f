package io.markbridge.openapi;

import java.time.Duration;
import java.util.Optional;

/**
 * All that follows from one failed attempt (design decision 8). {@link FailureRules#follows}
 * decides it; everyone else only carries it out.
 *
 * @param step what becomes of the request itself
 * @param atLeast how long it waits at least, where the operator named a time
 * @param pause how long everyone of the same limit waits
 * @param newToken whether the token is of no use any more, and the call worth repeating with
 *     another
 * @param counts whether it counts towards giving up, if the operator was reachable meanwhile
 * @param tellsOutage whether the operator's host failed, and not this request
 */
public record Consequence(
    Step step,
    Optional<Duration> atLeast,
    Optional<Duration> pause,
    boolean newToken,
    boolean counts,
    boolean tellsOutage) {

  /** What becomes of the request. */
  public enum Step {
    /** Sent again, each time after a longer wait. */
    RETRY,
    /** Asked again, as often as one asks how far something is. */
    ASK_AGAIN,
    /** It never left: sent again as if this attempt had not been. */
    GIVE_BACK,
    /** It may have had its effect: never sent again before that is found out. */
    FIND_OUT,
    /** Refused for good. */
    REJECT,
    /** Waits for a person. */
    PARK
  }
}
