package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Journal;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedure;
import io.markbridge.procedure.Procedures;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Body;

/**
 * Turns received documents into submissions, one after the other in the order of their arrival: an
 * order comes before its report.
 */
@Named("planDocuments")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class PlanDocuments {
  static final String SIDE_FILE_BROKEN = "meta.json";
  private static final int CLAIM = 50;
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final Journal journal;
  private final Bridge bridge;
  private final Procedures procedures;
  private final RecogniseDocument recognise;
  private final Replica replica;
  private final Troubles troubles;

  @Inject
  public PlanDocuments(
      Journal journal,
      Bridge bridge,
      Procedures procedures,
      RecogniseDocument recognise,
      Replica replica,
      Troubles troubles) {
    this.journal = journal;
    this.bridge = bridge;
    this.procedures = procedures;
    this.recognise = recognise;
    this.replica = replica;
    this.troubles = troubles;
  }

  /** Received documents until there are none; claimed some at a time. */
  public Iterator<Document> received() {
    return new Claims<>(
        new Claims.Source<>() {
          @Override
          public List<Document> claim() {
            return journal.documents().claimReceived(CLAIM, journal.now() + LEASE.toMillis());
          }

          @Override
          public boolean open() {
            return replica.works();
          }

          @Override
          public void giveBack(List<Document> claimed) {
            journal.documents().giveBack(claimed);
          }
        });
  }

  public void plan(@Body Document received) {
    try (LogContext context = LogContext.of(received, "plan")) {
      planInContext(received);
    }
  }

  private void planInContext(Document received) {
    Document document = received;
    try {
      document = recognise.kind(received);
      document = recognise.owner(document);
      // Its kind is known now.
      LogContext.of(document);
      Procedure procedure = procedures.of(document.kind().orElseThrow()).orElseThrow();
      procedure.plan(document);
    } catch (DocumentRejectedException rejected) {
      journal.documents().stop(document, DocumentState.REJECTED, rejected.problems());
    } catch (IOException | RuntimeException failure) {
      // Not the document's fault as far as anyone knows: it is planned again, and its timeline says
      // so each time.
      troubles.failed(
          "planning",
          "document "
              + document.id()
              + " ("
              + document.sourcePath()
              + ") could not be planned and is tried again",
          failure);
      String id = document.id();
      journal
          .documents()
          .planLater(id, attempts -> bridge.waits().retryAt(attempts), failure.toString());
    }
  }

  static Problem unknownGroup() {
    return Problem.of(ProblemCode.GROUP_UNKNOWN, "", "G3");
  }
}
