package io.markbridge.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.JournalFixture;
import io.markbridge.journal.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerJsonTest {
  @TempDir Path directory;

  /** Otherwise the reply of a document that is done could never be written. */
  @Test
  void errorPageThatAnEarlierAttemptLeftIsNoAnswer() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory)) {
      Document document = journal.accepted("one", "utilisation");
      journal.plan(document, 0);
      Submission submission = journal.claim(Purpose.STATEMENT).get(0);
      journal
          .journal()
          .submissions()
          .record(
              submission,
              Progress.to(SubmissionState.DONE)
                  .answer("<html>502</html>".getBytes(StandardCharsets.UTF_8)));
      assertThat(AnswerJson.kept(journal.journal(), journal.submission(submission.id()))).isEmpty();
    }
  }
}
