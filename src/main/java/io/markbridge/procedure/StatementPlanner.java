package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.PlannedBodies;
import io.markbridge.legacy.LegacyCall;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.Mapper;
import io.markbridge.mapping.MappingRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Maps a document and decides whether it is sent, answered by the reply of an equal one, or held
 * (design decision 5).
 */
final class StatementPlanner {
  private final Bridge bridge;
  private final Mapper mapper;

  StatementPlanner(Bridge bridge, Mapper mapper) {
    this.bridge = bridge;
    this.mapper = mapper;
  }

  /**
   * @param ownAnswer the legacy answer under a given id, for documents that state nothing and are
   *     not sent (6.1)
   */
  void plan(Document document, UnaryOperator<String> ownAnswer)
      throws DocumentRejectedException, IOException {
    String account = document.account().orElseThrow();
    PlannedBodies bodies = bridge.journal().submissions().begin(document);
    // A report has up to a million codes: none is looked up where none was ever remembered.
    boolean some = bridge.journal().acceptedCodes().any(account, document.kind().orElseThrow());
    MappedDocument mapped =
        mapper.map(
            request(document),
            bridge.journal().orderFacts().forAccount(account),
            code ->
                some
                    && bridge
                        .journal()
                        .acceptedCodes()
                        .contains(account, document.kind().orElseThrow(), code),
            bodies);
    if (mapped.parts().isEmpty()) {
      bridge
          .journal()
          .documents()
          .answer(
              document,
              Optional.of(ownAnswer.apply(document.id())),
              Optional.empty(),
              // No key: a later document that states the same is not equal to one that stated
              // nothing.
              null,
              "it states nothing that the operator wants to know: "
                  + FieldNotes.told(mapped.notes()));
      return;
    }
    boolean decided = false;
    while (!decided) {
      Optional<Document> equal = equal(document, account, mapped);
      // Where another equal document was planned meanwhile, it is decided again with that one.
      decided =
          (equal.isPresent() && settledByEqual(document, mapped, equal.get()))
              || send(document, account, mapped, bodies, equal.map(Document::id));
    }
  }

  private boolean send(
      Document document,
      String account,
      MappedDocument mapped,
      PlannedBodies bodies,
      Optional<String> equal) {
    return bridge
        .journal()
        .submissions()
        .plan(
            document,
            account,
            mapped,
            bodies,
            call -> bridge.preset().call(call).limit(),
            mapped.parts().size() + " submission(s); " + FieldNotes.told(mapped.notes()),
            equal);
  }

  private MappingRequest request(Document document) {
    String account = document.account().orElseThrow();
    return new MappingRequest(
        document.kind().orElseThrow(),
        document.productGroup().orElse(""),
        account,
        bridge.settings().account(account).tin(),
        document.folder(),
        document.given(),
        document.charset().map(Charset::forName),
        Instant.ofEpochMilli(document.receivedAt()),
        bridge.journal().chunks().payload(document.id(), document.size(), document.bodyOffset()),
        document.id());
  }

  private Optional<Document> equal(Document document, String account, MappedDocument mapped) {
    return bridge.journal().documents().equalTo(mapped.contentKey(), account, document.id());
  }

  /** Whether the equal document decides what becomes of this one. */
  private boolean settledByEqual(Document document, MappedDocument mapped, Document equal) {
    LegacyCall.EqualContent policy = bridge.legacyApi().call(document.kind().orElseThrow()).equal();
    boolean refused =
        equal.state() == DocumentState.REJECTED || equal.state() == DocumentState.PARTLY_DONE;
    if (policy == LegacyCall.EqualContent.NEW || refused) {
      return false;
    }
    if (policy == LegacyCall.EqualContent.AGAIN) {
      bridge
          .journal()
          .documents()
          .answer(
              document,
              Optional.empty(),
              Optional.of(equal.id()),
              mapped.contentKey(),
              "equal to document " + equal.id() + ", whose reply it gets");
      return true;
    }
    // Equal orders several times a shift are routine; the same number twice is not.
    if (mapped.orderNumber().isEmpty()
        || bridge.settings().text("equal-orders", "hold").equals("send")) {
      return false;
    }
    if ("new".equals(document.given().get("replay"))) {
      return false;
    }
    bridge
        .journal()
        .documents()
        .stop(
            document,
            DocumentState.HELD,
            List.of(Problem.of(ProblemCode.EQUAL_TO_EARLIER, "", "", "document", equal.id())));
    return true;
  }
}
