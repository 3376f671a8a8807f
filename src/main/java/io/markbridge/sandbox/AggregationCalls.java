package io.markbridge.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Section 7: aggregation documents. Their form is judged at once, their codes later. */
final class AggregationCalls {
  private final OperatorState state;
  private final Work work;

  AggregationCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer aggregation(Call call) throws RefusedException, IOException {
    String id = UUID.randomUUID().toString();
    Path document = work.bodyOf(id);
    boolean kept = false;
    try {
      String hash = DocumentWrapper.unpack(call.body(), document);
      AggregationReader.Read read = new AggregationReader(work.switches()).read(document);
      accept(call.account(), id, hash, read);
      kept = true;
    } finally {
      if (!kept) {
        Files.deleteIfExists(document);
      }
    }
    return Ids.answer(work, "documentId", id);
  }

  private void accept(String account, String id, String hash, AggregationReader.Read read)
      throws IOException {
    synchronized (state) {
      state.settle();
      Aggregation.Times times =
          new Aggregation.Times(
              work.now(),
              work.switches().duration(SwitchName.DOCUMENT_VISIBLE_AFTER),
              work.switches().duration(SwitchName.DOCUMENT_DELAY));
      Aggregation aggregation = new Aggregation(id, account, times, hash, read);
      aggregation.setNumber(state.add(aggregation));
    }
  }
}
