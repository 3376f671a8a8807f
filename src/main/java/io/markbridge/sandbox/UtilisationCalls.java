package io.markbridge.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.UUID;

/** Section 6: utilisation reports. */
final class UtilisationCalls {
  private final OperatorState state;
  private final Work work;

  UtilisationCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer utilisation(Call call) throws RefusedException, IOException {
    UtilisationReader.Read read;
    try (InputStream body = call.body().open()) {
      UtilisationReader reader = new UtilisationReader(work.switches(), work.now());
      read = reader.read(body, call.query("productGroup").orElse(""));
    }
    String id = UUID.randomUUID().toString();
    try (InputStream body = call.body().open()) {
      Files.copy(body, work.bodyOf(id));
    }
    synchronized (state) {
      state.settle();
      Instant now = work.now();
      Instant due = now.plus(work.switches().duration(SwitchName.UTILISATION_DELAY));
      Report report =
          new Report(
              id, call.account(), read.productGroup(), now, due, read.contentHash(), read.codes());
      report.setNumber(state.add(report));
    }
    return Ids.answer(work, "reportId", id);
  }

  Answer status(Call call) throws RefusedException, IOException {
    synchronized (state) {
      state.settle();
      Report report = Ids.find(state, call.id(), call.account(), Report.class, "report-not-found");
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeStringField("reportId", report.id());
            json.writeStringField("reportStatus", report.reportStatus());
            Ids.optional(json, "rejectReason", report.rejectReason().orElse(""));
            json.writeStringField("createdTimestamp", report.createDate().toString());
            json.writeEndObject();
          });
    }
  }
}
