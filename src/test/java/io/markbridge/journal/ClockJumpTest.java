package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that jumps while requests are on their way sends nothing twice, and stops nothing. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ClockJumpTest {
  @Parameter Dialect dialect;
  @TempDir Path directory;
  private JournalFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, dialect);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void recoverExpired() {
    new Recovery(fixture.journal(), fixture.preset().calls()).recoverExpired();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "-PT1H"})
  void requestOnItsWayIsNotSentAgain(String jump) {
    Document document = fixture.accepted("one", "utilisation");
    fixture.plan(document, 0);
    Submission sent = fixture.claim(Purpose.STATEMENT).get(0);

    fixture.clock.advance(Duration.parse(jump));
    recoverExpired();

    assertThat(fixture.claim(Purpose.STATEMENT)).as("sent again").isEmpty();
    assertThat(fixture.submission(sent.id()).state())
        .isIn(SubmissionState.SENDING, SubmissionState.IN_DOUBT);
    fixture.record(sent, SubmissionState.DONE);
    assertThat(fixture.submission(sent.id()).state()).isEqualTo(SubmissionState.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "-PT1H"})
  void whatComesAfterTheJumpIsSentAtOnce(String jump) {
    fixture.clock.advance(Duration.parse(jump));
    fixture.plan(fixture.accepted("after", "utilisation"), 0);
    assertThat(fixture.claim(Purpose.STATEMENT)).hasSize(1);
  }

  @Test
  void whatWaitedBeforeAJumpBackWaitsNoLongerThanTheJump() {
    fixture.plan(fixture.accepted("before", "utilisation"), 0);
    fixture.clock.advance(Duration.ofHours(-1));
    assertThat(fixture.claim(Purpose.STATEMENT)).isEmpty();
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(fixture.claim(Purpose.STATEMENT)).hasSize(1);
  }

  @Test
  void documentThatWasClaimedBeforeAJumpIsPlannedOnce() {
    Document document = fixture.accepted("claimed", "utilisation");
    fixture.clock.advance(Duration.ofHours(-1));
    fixture.plan(document, 0);
    fixture.clock.advance(Duration.ofDays(1));
    assertThat(fixture.journal().documents().claimReceived(10, Long.MAX_VALUE)).isEmpty();
    assertThat(fixture.journal().submissions().of(document.id())).hasSize(1);
  }
}
