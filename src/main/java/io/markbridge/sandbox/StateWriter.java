package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what the sandbox saw as JSON, for processes other than its own. */
final class StateWriter {
  private final SandboxJournal journal;

  StateWriter(SandboxJournal journal) {
    this.journal = journal;
  }

  /**
   * @param limit how many of each list, the latest
   */
  void write(JsonGenerator json, int limit) throws IOException {
    List<SandboxJournal.AcceptedOrder> orders = journal.orders();
    List<SandboxJournal.AcceptedReport> reports = journal.reports();
    List<SandboxJournal.AcceptedDocument> documents = journal.documents();
    json.writeStartObject();
    json.writeObjectFieldStart("counts");
    json.writeNumberField("orders", orders.size());
    json.writeNumberField("reports", reports.size());
    json.writeNumberField("documents", documents.size());
    json.writeNumberField(
        "codesReported", reports.stream().mapToLong(SandboxJournal.AcceptedReport::codes).sum());
    json.writeNumberField(
        "codesPacked",
        documents.stream().mapToLong(SandboxJournal.AcceptedDocument::acceptedCodes).sum());
    json.writeNumberField("refusedByLimit", journal.refusedByLimit());
    json.writeEndObject();
    numbers(json, "calls", journal.callsByName());
    numbers(json, "mostCallsPerMinute", journal.mostCallsPerMinute());
    numbers(json, "duplicates", journal.duplicateCounts());
    json.writeArrayFieldStart("orders");
    for (SandboxJournal.AcceptedOrder order : latest(orders, limit)) {
      order(json, order);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("reports");
    for (SandboxJournal.AcceptedReport report : latest(reports, limit)) {
      report(json, report);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("documents");
    for (SandboxJournal.AcceptedDocument document : latest(documents, limit)) {
      document(json, document);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static <T> List<T> latest(List<T> list, int limit) {
    return list.subList(Math.max(0, list.size() - limit), list.size());
  }

  private static void numbers(JsonGenerator json, String name, Map<?, ? extends Number> numbers)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<?, ? extends Number> entry : numbers.entrySet()) {
      json.writeNumberField(entry.getKey().toString(), entry.getValue().longValue());
    }
    json.writeEndObject();
  }

  private static void order(JsonGenerator json, SandboxJournal.AcceptedOrder order)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("orderId", order.orderId());
    json.writeStringField("productGroup", order.productGroup());
    json.writeStringField("poNumber", order.poNumber());
    numbers(json, "quantities", order.quantities());
    json.writeStringField("createDate", order.createDate().toString());
    json.writeStringField("contentHash", order.contentHash());
    json.writeStringField("status", order.status());
    json.writeNumberField("codesTaken", order.codesTaken());
    json.writeEndObject();
  }

  private static void report(JsonGenerator json, SandboxJournal.AcceptedReport report)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("reportId", report.reportId());
    json.writeStringField("productGroup", report.productGroup());
    json.writeNumberField("codes", report.codes());
    json.writeStringField("createDate", report.createDate().toString());
    json.writeStringField("contentHash", report.contentHash());
    json.writeStringField("status", report.status());
    Ids.optional(json, "rejectReason", report.rejectReason());
    json.writeEndObject();
  }

  private static void document(JsonGenerator json, SandboxJournal.AcceptedDocument document)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("documentId", document.documentId());
    json.writeNumberField("units", document.units());
    json.writeNumberField("codes", document.codes());
    json.writeNumberField("acceptedCodes", document.acceptedCodes());
    json.writeNumberField("errors", document.errors());
    json.writeStringField("createDate", document.createDate().toString());
    json.writeStringField("contentHash", document.contentHash());
    json.writeStringField("status", document.status());
    json.writeEndObject();
  }
}
