package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.journal.Arrival;
import io.markbridge.journal.PlannedBodies;
import io.markbridge.legacy.LegacyCall;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.Mapper;
import io.markbridge.mapping.MappingRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Maps a document and decides whether it is sent, answered by the reply of an equal one, or held
 * (design decision 5).
 */
public final class StatementPlanner {
  private final Bridge bridge;
  private final Mapper mapper;

  public StatementPlanner(Bridge bridge, Mapper mapper) {
    this.bridge = bridge;
    this.mapper = mapper;
  }

  /**
   * @param ownAnswer the legacy answer under a given id, for documents that state nothing and are
   *     not sent (6.1)
   * @throws DocumentRejectedException when it cannot become a request
   * @throws IOException when something else failed: it is planned again later
   */
  public void plan(Document document, UnaryOperator<String> ownAnswer)
      throws DocumentRejectedException, IOException {
    String account = document.account().orElseThrow();
    boolean waitsForNone = document.kind().equals(Optional.of("order"));
    if (!waitsForNone && bridge.journal().documents().leaveToOlder(document)) {
      return;
    }
    PlannedBodies bodies =
        bridge
            .journal()
            .submissions()
            .begin(document, bridge.settings().duration("wait-for-earlier", Duration.ofHours(24)));
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
            bucket(),
            mapped.parts().size() + " submission(s); " + FieldNotes.told(mapped.notes()),
            equal);
  }

  private PlannedBodies.Bucket bucket() {
    return new PlannedBodies.Bucket() {
      @Override
      public String of(String call) {
        return bridge.preset().call(call).limit();
      }

      @Override
      public Map<String, String> inPath(String call, Map<String, String> parameters) {
        return bridge.preset().call(call).inPath(parameters);
      }
    };
  }

  /** What the mapping is told of a document; what stood in the path of its call is given. */
  public MappingRequest request(Document document) {
    String account = document.account().orElseThrow();
    return new MappingRequest(
        document.kind().orElseThrow(),
        document.productGroup().orElse(""),
        account,
        bridge.settings().tin(account),
        document.folder(),
        given(document),
        document.charset().map(Charset::forName),
        Instant.ofEpochMilli(document.receivedAt()),
        bridge.journal().chunks().payload(document.id(), document.size(), document.bodyOffset()),
        document.id());
  }

  private Map<String, String> given(Document document) {
    LegacyCall call = bridge.legacyApi().call(document.kind().orElseThrow());
    Map<String, String> given = new LinkedHashMap<>(document.given());
    // A person's decision, not a field.
    given.remove(Arrival.DECISION);
    given.putAll(bridge.legacyApi().inPath(call, document.parameters()));
    return given;
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
    if ("new".equals(document.given().get(Arrival.DECISION))) {
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
