package io.markbridge.step;

import io.markbridge.step.SftpUnreachableException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether a server may be tried now: after a failure not at once, and each time later. One trouble
 * tells the whole outage.
 */
final class SftpOutage {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** What a person has to see to: some servers lock out who tries too often. */
  private static final Duration LONGEST_REFUSED = Duration.ofMinutes(5);

  private final Clock clock;
  private final Consumer<SftpUnreachableException> begun;
  private final Runnable ended;
  private final Set<Object> failing = new HashSet<>();
  private Optional<SftpUnreachableException> open = Optional.empty();
  private Duration pause = Duration.ZERO;
  private long notBefore;

  /**
   * @param source such as {@code sftp:plant}
   */
  SftpOutage(String source, Clock clock, SourceHealth health) {
    this(
        clock,
        failure -> health.failed(source, "its files wait and it is tried again", failure),
        () -> health.worked(source));
  }

  /**
   * @param begun is told each failure
   * @param ended is told each success
   */
  SftpOutage(Clock clock, Consumer<SftpUnreachableException> begun, Runnable ended) {
    this.clock = clock;
    this.begun = begun;
    this.ended = ended;
  }

  /** Whether a connection may be tried now. */
  synchronized boolean mayTry() {
    return clock.millis() >= notBefore;
  }

  /** Whether this connection failed when it was tried last. */
  synchronized boolean met(Object connection) {
    return failing.contains(connection);
  }

  /** A try failed, or a connection broke. */
  synchronized void failed(Object connection, SftpUnreachableException failure) {
    failing.add(connection);
    // Each try fails a little differently: the first one of its kind stands for all.
    SftpUnreachableException told = open.filter(it -> it.kind() == failure.kind()).orElse(failure);
    open = Optional.of(told);
    Duration longest = failure.kind() == Kind.NO_CONNECTION ? LONGEST : LONGEST_REFUSED;
    Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
    pause = next.compareTo(longest) > 0 ? longest : next;
    notBefore = clock.millis() + pause.toMillis();
    begun.accept(told);
  }

  /** The server did all that this connection wanted of it. */
  synchronized void over(Object connection) {
    failing.remove(connection);
    if (!failing.isEmpty()) {
      return;
    }
    open = Optional.empty();
    ended.run();
    pause = Duration.ZERO;
    notBefore = 0;
  }
}
