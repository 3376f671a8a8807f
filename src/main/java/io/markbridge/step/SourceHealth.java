package io.markbridge.step;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each source of documents was last looked at with success: what the health and the metrics of
 * sources are made of. A source reports here; {@link Troubles} tells the log.
 */
@ApplicationScoped
@Unremovable
public class SourceHealth {
  private final Troubles troubles;
  private final Event<SourceKnown> known;
  private final Clock clock;

  /** Empty until the first success. */
  private final Map<String, Optional<Instant>> lastSuccess = new ConcurrentHashMap<>();

  @Inject
  public SourceHealth(Troubles troubles, Event<SourceKnown> known, Clock clock) {
    this.troubles = troubles;
    this.known = known;
    this.clock = clock;
  }

  /**
   * A source that the site has configured; told before its first look, so that one that never works
   * is seen. Nothing else is told of a source that nobody told here.
   *
   * @param source as in the journal: {@code file}, {@code sftp:<server>}, {@code outbox:<name>}
   * @param interval from the end of one look at it to the next one, as the site has set it
   */
  public void watch(String source, Duration interval) {
    if (lastSuccess.putIfAbsent(source, Optional.empty()) == null) {
      known.fire(new SourceKnown(source, interval));
    }
  }

  /** The source was looked at just now and all of it could be read; no trouble of it is left. */
  public void worked(String source) {
    looked(source);
    troubles.over(source);
  }

  /**
   * The source was looked at just now and gives documents, or has none. A round may take long, and
   * a part of it may fail: what is in trouble stays so.
   */
  public void looked(String source) {
    lastSuccess.put(source, Optional.of(clock.instant()));
  }

  /**
   * The source could not be looked at; it is in trouble until it {@link #worked}.
   *
   * @param what failed just now, and what follows: for the log
   */
  public void failed(String source, String what, Throwable failure) {
    troubles.lasts(source, what, failure);
  }

  /** When a source was last looked at with success; empty where it never was. */
  public Optional<Instant> lastSuccess(String source) {
    return lastSuccess.getOrDefault(source, Optional.empty());
  }

  /** All sources that were heard of, with their last success. */
  public Map<String, Optional<Instant>> all() {
    return Map.copyOf(lastSuccess);
  }
}
