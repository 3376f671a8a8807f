package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.ManualClock;
import io.markbridge.journal.JournalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TroublesTest {
  private static final Logger LOG = Logger.getLogger(Troubles.class.getName());

  private final ManualClock clock = new ManualClock();
  private final Troubles troubles = new Troubles(clock);
  private final List<LogRecord> told = new ArrayList<>();
  private final Thread own = Thread.currentThread();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          // A bridge of another test may go on in this JVM.
          if (Thread.currentThread() == own) {
            told.add(line);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(collector);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(collector);
  }

  @Test
  void theSameReasonIsToldOnceAndItsEndOnce() {
    for (int round = 0; round < 1000; round++) {
      troubles.failed("the replies", "document " + round, full("reply-" + round));
      clock.advance(Duration.ofMillis(200));
      troubles.endQuiet();
    }
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0)).contains("the replies", "document 0", "reply-0", "No space left");
    assertThat(troubles.open())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.times()).isEqualTo(1000);
              assertThat(open.reason()).contains("reply-999");
            });

    clock.advance(Duration.ofSeconds(31));
    troubles.endQuiet();

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(1)).contains("the replies: works again", "199 s", "1000 time(s)");
    assertThat(troubles.open()).isEmpty();
  }

  @Test
  void whatIsTriedSeldomIsNotOverBetweenTwoTries() {
    for (int round = 0; round < 5; round++) {
      troubles.failed("rows", "a", full("a"), Duration.ofMinutes(1));
      clock.advance(Duration.ofMinutes(1));
      troubles.endQuiet();
    }
    assertThat(lines()).hasSize(1);
    clock.advance(Duration.ofMinutes(2).plusSeconds(1));
    troubles.endQuiet();
    assertThat(troubles.open()).isEmpty();

    troubles.failed("rows", "often", full("a"), Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(29));
    troubles.endQuiet();
    assertThat(troubles.open()).hasSize(1);
  }

  @Test
  void sourceHasTheTroublesThatBeginWithItsName() {
    for (String subject :
        new String[] {"sftp:plant replies", "sftp:plant", "sftp:plant-2 files", "file inbox"}) {
      troubles.failed(subject, "a", full("a"));
    }
    assertThat(troubles.of("sftp:plant"))
        .extracting(Troubles.Trouble::subject)
        .containsExactly("sftp:plant", "sftp:plant replies");
    assertThat(troubles.of("file")).hasSize(1);
    assertThat(troubles.of("sftp")).isEmpty();
  }

  @Test
  void anotherReasonOrAnotherSubjectIsToldToo() {
    troubles.failed("the replies", "a", full("a"));
    troubles.failed("the replies", "b", new AccessDeniedException("b"));
    troubles.failed("the replies", "c", full("c"));
    troubles.failed("the inbox", "d", full("d"));

    assertThat(lines()).hasSize(3);
  }

  @Test
  void reasonsThatDifferEachTimeDoNotFillTheLog() {
    for (int round = 0; round < 1000; round++) {
      troubles.failed("the replies", "a", new IOException("at " + round));
      troubles.failed("folder " + round, "a", new IOException("no"));
    }
    assertThat(lines()).hasSize(10 + 999);
    for (int round = 1000; round < 2000; round++) {
      troubles.failed("folder " + round, "a", new IOException("no"));
    }
    assertThat(lines()).hasSize(10 + 999);
  }

  @Test
  void theJournalsTroubleIsOneWhoeverMeetsItAndNamesTheFirstCause() {
    JournalException first =
        new JournalException("accepting", new SQLException("[SQLITE_FULL] disk is full"));
    troubles.failed("the inbox", "taking a.json failed", first);
    troubles.failed("the replies", "b.json", new JournalException("noting", first));

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> assertThat(line).startsWith("the journal: taking a.json").endsWith("is full"));
    assertThat(troubles.open())
        .singleElement()
        .matches(open -> open.subject().equals("the journal"));
  }

  @Test
  void whatLastsIsOverOnlyWhenItIsTold() {
    troubles.lasts("SFTP server line-1", "nothing is taken", new IOException("host key changed"));
    clock.advance(Duration.ofHours(5));
    troubles.endQuiet();
    assertThat(troubles.open()).hasSize(1);

    troubles.over("SFTP server line-1");
    troubles.over("SFTP server line-1");

    assertThat(troubles.open()).isEmpty();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void aMistakeOfOursHasItsStackTraceAndALineBreakForgesNoLine() {
    troubles.failed("planning", "a\nb", new IllegalStateException("never"));

    assertThat(told.get(0).getThrown()).isInstanceOf(IllegalStateException.class);
    assertThat(lines().get(0)).doesNotContain("\n");
  }

  private List<String> lines() {
    return told.stream().map(LogRecord::getMessage).toList();
  }

  private static FileSystemException full(String file) {
    return new FileSystemException(file, null, "No space left on device");
  }
}
