package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.LegacyCall;
import io.markbridge.openapi.OperatorAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calls that the new API no longer has and the bridge answers itself (2.1; version, logs), and
 * those that it does not serve (X7).
 */
final class LocalProcedure implements Procedure {
  private final Bridge bridge;

  LocalProcedure(Bridge bridge) {
    this.bridge = bridge;
  }

  @Override
  public Set<String> kinds() {
    Set<String> kinds = new java.util.TreeSet<>(Set.of("ping", "version", "logs"));
    bridge.legacyApi().calls().values().stream()
        .filter(call -> !call.served())
        .forEach(call -> kinds.add(call.kind()));
    return kinds;
  }

  @Override
  public void plan(Document document) throws DocumentRejectedException {
    String kind = document.kind().orElseThrow();
    if (kind.equals("dropout") && bridge.settings().text("dropouts", "refuse").equals("hold")) {
      // A person reports it in the operator's account; until then it is not lost.
      bridge
          .journal()
          .documents()
          .stop(document, DocumentState.HELD, List.of(held(document, kind)));
      return;
    }
    if (kind.equals("ping")) {
      refuseWithoutCredentials(document);
    }
    String answer =
        switch (kind) {
          case "ping" -> bridge.answers().ping(bridge.omsId(document)).toString();
          case "version" -> bridge.answers().version().toString();
          case "logs" -> bridge.answers().logs(bridge.omsId(document)).toString();
          default -> throw new DocumentRejectedException(notServed(kind));
        };
    bridge
        .journal()
        .documents()
        .answer(document, Optional.of(answer), Optional.empty(), null, kind);
  }

  private Problem held(Document document, String kind) {
    LegacyCall call = bridge.legacyApi().call(kind);
    return Problem.of(
        ProblemCode.HELD_FOR_PERSON,
        "",
        "X7",
        "call",
        call.method() + " " + call.paths().get(0),
        "document",
        document.id());
  }

  private Problem notServed(String kind) {
    return bridge
        .legacyApi()
        .notServed(bridge.legacyApi().call(kind), bridge.settings().language().getLanguage());
  }

  /** A bridge that takes documents answers; one whose login was refused says so (2.1). */
  private void refuseWithoutCredentials(Document document) throws DocumentRejectedException {
    Optional<String> refusal = bridge.refusedCredentials().apply(document.account().orElseThrow());
    if (refusal.isPresent()) {
      throw new DocumentRejectedException(
          Problem.of(ProblemCode.OPERATOR_REFUSED, "", "2.1", "reason", refusal.get()));
    }
  }

  @Override
  public Progress answered(Document document, Submission submission, OperatorAnswer answer) {
    throw new IllegalStateException("nothing is sent for " + document.kind().orElse(""));
  }

  @Override
  public List<ReplyFile> replies(Document document, List<Submission> submissions)
      throws IOException {
    if (!document.problems().isEmpty()) {
      return List.of(new ReplyFile(ReplyFile.ERROR, bridge.errors().problems(document.problems())));
    }
    if (document.answer().isEmpty() && document.state() == DocumentState.DONE) {
      // A person reported it elsewhere: the legacy side gets what it would have got for a report.
      return List.of(
          new ReplyFile(
              ReplyFile.REPLY, bridge.answers().report(bridge.omsId(document), document.id())));
    }
    return document.answer().isEmpty()
        ? List.of()
        : List.of(new ReplyFile(ReplyFile.REPLY, AnswerJson.parse(document.answer().get())));
  }
}
