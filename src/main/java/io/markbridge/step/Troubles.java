package io.markbridge.step;

import io.markbridge.journal.JournalException;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

/**
 * What does not work just now, told once: everything is tried again several times a second, and a
 * log that says so each time fills the disk that is perhaps full already. A subject (the journal, a
 * folder, an SFTP server, an outbox) has a line for each new reason, and one when it works again.
 * What keeps documents of a source from being taken or answered has a subject that is the source,
 * or begins with it: {@code sftp:plant}, {@code sftp:plant replies}.
 */
@Named("troubles")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class Troubles {
  private static final Logger LOG = Logger.getLogger(Troubles.class);

  /** The subject of whatever a commit or a reading of the journal could not do. */
  public static final String JOURNAL = "the journal";

  /** A trouble that did not come back for so long is over. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  /** In pauses: what fails at each try fails all the time, also between two of them. */
  private static final int QUIET_PAUSES = 3;

  private static final int MOST_SUBJECTS = 1_000;
  private static final int MOST_REASONS = 10;

  private final Clock clock;
  private final Map<String, Open> open = new HashMap<>();

  @Inject
  public Troubles(Clock clock) {
    this.clock = clock;
  }

  /**
   * What does not work just now.
   *
   * @param subject of which kind and which one
   * @param reason the newest
   * @param times it was met
   */
  public record Trouble(String subject, String reason, Instant since, Instant seen, long times) {}

  private static final class Open {
    private final Set<String> told = new HashSet<>();
    private Trouble trouble;

    /** After which it is over by itself; empty where somebody tells it. */
    private Optional<Duration> quiet = Optional.empty();
  }

  /** What a route could not do. In: an exchange with the exception. */
  public void failedRoute(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    failed(exchange.getFromRouteId(), "it is tried again", failure);
  }

  /**
   * Something failed that is tried again soon; over when it has not come back for a while. A
   * failure of the journal is the journal's, whoever met it.
   *
   * @param subject few and short: what happened to one of thousands has the subject of them all
   * @param what failed just now, and what follows: for the log
   */
  public void failed(String subject, String what, Throwable failure) {
    met(subject, what, failure, Optional.of(QUIET));
  }

  /**
   * The same for what is tried again seldom: over when it has not come back in several tries.
   *
   * @param pause between two tries
   */
  public void failed(String subject, String what, Throwable failure, Duration pause) {
    Duration quiet = pause.multipliedBy(QUIET_PAUSES);
    met(subject, what, failure, Optional.of(quiet.compareTo(QUIET) > 0 ? quiet : QUIET));
  }

  /** Something does not work until {@link #over} is told. */
  public void lasts(String subject, String what, Throwable failure) {
    met(subject, what, failure, Optional.empty());
  }

  private void met(String subject, String what, Throwable failure, Optional<Duration> quiet) {
    boolean journal = failure instanceof JournalException;
    Throwable cause = cause(failure);
    if (!isNew(journal ? JOURNAL : subject, cause, journal ? Optional.of(QUIET) : quiet)) {
      return;
    }
    String line = LogText.line((journal ? JOURNAL : subject) + ": " + what + ": " + message(cause));
    if (cause instanceof IOException || cause instanceof SQLException) {
      LOG.error(line);
    } else {
      LOG.error(line, failure);
    }
  }

  private synchronized boolean isNew(String subject, Throwable cause, Optional<Duration> quiet) {
    Instant now = clock.instant();
    Open one = open.get(subject);
    if (one == null) {
      if (open.size() >= MOST_SUBJECTS) {
        return false;
      }
      one = new Open();
      open.put(subject, one);
    }
    one.quiet = quiet;
    Instant since = one.trouble == null ? now : one.trouble.since();
    long times = one.trouble == null ? 1 : one.trouble.times() + 1;
    one.trouble = new Trouble(subject, message(cause), since, now, times);
    return one.told.size() < MOST_REASONS && one.told.add(reason(cause));
  }

  /** It works. */
  public void over(String subject) {
    Open one;
    synchronized (this) {
      one = open.remove(subject);
    }
    if (one != null) {
      tellOver(one.trouble);
    }
  }

  /** Ends what did not come back. */
  public void endQuiet() {
    Instant now = clock.instant();
    List<Trouble> ended = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Open> all = open.values().iterator(); all.hasNext(); ) {
        Open one = all.next();
        if (one.quiet.filter(quiet -> one.trouble.seen().isBefore(now.minus(quiet))).isPresent()) {
          ended.add(one.trouble);
          all.remove();
        }
      }
    }
    ended.forEach(Troubles::tellOver);
  }

  private static void tellOver(Trouble trouble) {
    LOG.infof(
        "%s: works again; the trouble lasted %d s and was met %d time(s)",
        LogText.line(trouble.subject()),
        Duration.between(trouble.since(), trouble.seen()).toSeconds(),
        trouble.times());
  }

  /** What does not work just now, by subject. */
  public synchronized List<Trouble> open() {
    return open.values().stream()
        .map(one -> one.trouble)
        .sorted(Comparator.comparing(Trouble::subject))
        .toList();
  }

  /**
   * What does not work just now of one source.
   *
   * @param source as in the journal: {@code file}, {@code sftp:<server>}, {@code outbox:<name>}
   */
  public List<Trouble> of(String source) {
    return open().stream().filter(one -> isOf(one.subject(), source)).toList();
  }

  private static boolean isOf(String subject, String source) {
    return (subject + " ").startsWith(source + " ");
  }

  /** Another replica looks after a source from now on, and tells what is wrong with it. */
  public synchronized void leave(String source) {
    open.keySet().removeIf(subject -> isOf(subject, source));
  }

  /** What does not work just now of one subject. */
  public synchronized Optional<Trouble> open(String subject) {
    return Optional.ofNullable(open.get(subject)).map(one -> one.trouble);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof JournalException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable cause) {
    return cause instanceof FileSystemException || cause.getMessage() == null
        ? cause.toString()
        : cause.getMessage();
  }

  /** Without the file's name: the same reason for the next file is not told again. */
  private static String reason(Throwable cause) {
    return cause instanceof FileSystemException file
        ? file.getClass().getSimpleName() + " " + file.getReason()
        : message(cause);
  }
}
