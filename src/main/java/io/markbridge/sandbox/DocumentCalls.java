package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Sections 8, 9 and 10: a document's status and body, and the search. */
final class DocumentCalls {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private final OperatorState state;
  private final Work work;

  DocumentCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer status(Call call) throws RefusedException, IOException {
    synchronized (state) {
      state.settle();
      Stored stored = visible(state, call);
      Instant now = work.now();
      return Answer.json(work, json -> info(json, stored, now));
    }
  }

  /** The document of the call's id, once it can be seen. */
  static Stored visible(OperatorState state, Call call) throws RefusedException {
    Stored stored = Ids.find(state, call.id(), call.account(), Stored.class, "document-not-found");
    if (!stored.isVisible(state.work().now())) {
      throw RefusedException.code(404, "document-not-found");
    }
    return stored;
  }

  private static void info(JsonGenerator json, Stored stored, Instant now) throws IOException {
    json.writeStartObject();
    json.writeStringField("documentId", stored.id());
    json.writeStringField("type", stored.type());
    Ids.optional(json, "productGroup", stored.productGroup());
    json.writeStringField("status", stored.status(now));
    json.writeStringField("createDate", stored.createDate().toString());
    json.writeEndObject();
  }

  Answer body(Call call) throws RefusedException, IOException {
    String id;
    synchronized (state) {
      id = visible(state, call).id();
    }
    Spill body = new Spill(work.folder());
    try (InputStream file = Files.newInputStream(work.bodyOf(id))) {
      if (work.switches().is(SwitchName.DOCUMENT_BODY, "wrapped")) {
        body.write("{\"documentBody\":\"".getBytes(StandardCharsets.US_ASCII));
        base64(file, body);
        body.write("\"}".getBytes(StandardCharsets.US_ASCII));
      } else {
        file.transferTo(body);
      }
    }
    body.finish();
    return new Answer(200, "application/json;charset=UTF-8", Map.of(), body);
  }

  private static void base64(InputStream from, OutputStream to) throws IOException {
    byte[] bytes = new byte[3 * 16 * 1024];
    int count = from.readNBytes(bytes, 0, bytes.length);
    while (count > 0) {
      to.write(Base64.getEncoder().encode(Arrays.copyOf(bytes, count)));
      count = from.readNBytes(bytes, 0, bytes.length);
    }
  }

  Answer search(Call call) throws RefusedException, IOException {
    Instant now = work.now();
    Instant from = call.from();
    Instant to = call.to();
    int limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
    synchronized (state) {
      state.settle();
      Predicate<Stored> wanted =
          stored ->
              stored.account().equals(call.account())
                  && stored.isVisible(now)
                  && Pages.equal(call, "documentId", stored.id())
                  && Pages.equal(call, "productGroups", stored.productGroup())
                  && Pages.equal(call, "status", stored.status(now))
                  && Pages.equal(call, "types", stored.type())
                  && Pages.between(stored.createDate(), from, to);
      List<Stored> page = Pages.page(state.all(), Stored::id, wanted, call.query("cursor"), limit);
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("documentInfos");
            for (Stored stored : page) {
              info(json, stored, now);
            }
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  }
}
