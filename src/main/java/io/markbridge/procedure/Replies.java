package io.markbridge.procedure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.markbridge.document.Document;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the legacy side should see of a document, whatever its kind and wherever it came from.
 */
public final class Replies {
  private final Bridge bridge;
  private final Procedures procedures;

  public Replies(Bridge bridge, Procedures procedures) {
    this.bridge = bridge;
    this.procedures = procedures;
  }

  /** The files to write; each status tells people where to look further. */
  public List<ReplyFile> of(Document document, List<Submission> submissions) throws IOException {
    List<ReplyFile> files = new ArrayList<>(legacy(document, submissions));
    boolean inDoubt = submissions.stream().anyMatch(one -> one.state() == SubmissionState.IN_DOUBT);
    Optional<Parked> parked = Parked.of(document, submissions, bridge.preset(), bridge.text());
    boolean wasInDoubt = submissions.stream().anyMatch(one -> one.purpose() == Purpose.LOOK_UP);
    boolean hasStatus = files.stream().anyMatch(file -> file.suffix().equals(ReplyFile.STATUS));
    if (!hasStatus && (wasInDoubt || (inDoubt && files.isEmpty()))) {
      // A question that has an effect waits too: its asker is told, and told when it is over.
      files.add(
          new ReplyFile(
              ReplyFile.STATUS,
              JsonNodeFactory.instance.objectNode().put("omsId", bridge.omsId(document))));
    }
    for (ReplyFile file : files) {
      if (file.suffix().equals(ReplyFile.STATUS)
          && file.content().read() instanceof ObjectNode status) {
        // Legacy readers pass over a field that they do not know.
        ObjectNode told = status.putObject("bridge");
        told.put("document", document.id()).put("state", document.state().name());
        parked.ifPresent(waits -> told.put("reason", waits.reason()).put("next", waits.command()));
        if (inDoubt) {
          // The legacy word stays PENDING: nobody knows whether the operator has it.
          told.put("inDoubt", true);
        }
        document.answeredBy().ifPresent(equal -> told.put("equalTo", equal));
      }
    }
    return files;
  }

  /** A marketplace's seller knows neither the plant's omsId nor reports (Y9). */
  private ObjectNode refused(Document document) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    boolean market =
        bridge.operator(document).text("legacy/error-shape").filter("list"::equals).isPresent();
    return market
        ? status.put("status", "ERROR")
        : status.put("omsId", bridge.omsId(document)).put("reportStatus", "REJECTED");
  }

  private List<ReplyFile> legacy(Document document, List<Submission> submissions)
      throws IOException {
    Optional<Procedure> procedure = document.kind().flatMap(procedures::of);
    if (procedure.isEmpty()) {
      // Refused before anyone could tell what it is.
      return document.problems().isEmpty()
          ? List.of()
          : List.of(
              new ReplyFile(ReplyFile.ERROR, bridge.errors(document).problems(document.problems())),
              new ReplyFile(ReplyFile.STATUS, refused(document)));
    }
    if (document.answeredBy().isPresent()) {
      Optional<Document> equal = bridge.journal().documents().find(document.answeredBy().get());
      if (equal.isPresent()) {
        // The reply of the equal document, under this one's omsId.
        return procedure
            .get()
            .replies(
                document.withOutcomeOf(equal.get()),
                bridge.journal().submissions().of(equal.get().id()));
      }
    }
    return procedure.get().replies(document, submissions);
  }
}
