package io.markbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** What the sandbox saw, for tests: everything in the order of arrival, at the present moment. */
public final class SandboxJournal {
  /** An accepted order; {@code poNumber} is empty where there was none. */
  public record AcceptedOrder(
      String orderId,
      String productGroup,
      String poNumber,
      Map<String, Integer> quantities,
      Instant createDate,
      String contentHash,
      String status,
      int codesTaken) {}

  /** An accepted utilisation report; {@code rejectReason} is empty unless it failed. */
  public record AcceptedReport(
      String reportId,
      String productGroup,
      int codes,
      Instant createDate,
      String contentHash,
      String status,
      String rejectReason) {}

  /** An accepted aggregation document. */
  public record AcceptedDocument(
      String documentId,
      int units,
      long codes,
      long acceptedCodes,
      int errors,
      Instant createDate,
      String contentHash,
      String status) {}

  private final OperatorState state;
  private final CallMeter meter;

  SandboxJournal(OperatorState state, CallMeter meter) {
    this.state = state;
    this.meter = meter;
  }

  public List<AcceptedOrder> orders() {
    synchronized (state) {
      Instant now = settled();
      return state.all(Order.class).stream().map(order -> accepted(order, now)).toList();
    }
  }

  /** How many orders there are; for who looks often. */
  public int orderCount() {
    synchronized (state) {
      return (int) state.all().stream().filter(Order.class::isInstance).count();
    }
  }

  private static AcceptedOrder accepted(Order order, Instant now) {
    Map<String, Integer> quantities = new LinkedHashMap<>();
    order.subOrders().forEach(sub -> quantities.put(sub.gtin(), sub.quantity()));
    return new AcceptedOrder(
        order.id(),
        order.productGroup(),
        order.request().poNumber(),
        quantities,
        order.createDate(),
        order.contentHash(),
        order.orderStatus(now),
        order.subOrders().stream().mapToInt(SubOrder::passed).sum());
  }

  public List<AcceptedReport> reports() {
    synchronized (state) {
      settled();
      return state.all(Report.class).stream()
          .map(
              report ->
                  new AcceptedReport(
                      report.id(),
                      report.productGroup(),
                      report.codes(),
                      report.createDate(),
                      report.contentHash(),
                      report.reportStatus(),
                      report.rejectReason().orElse("")))
          .toList();
    }
  }

  public List<AcceptedDocument> documents() {
    synchronized (state) {
      Instant now = settled();
      return state.all(Aggregation.class).stream()
          .map(
              document ->
                  new AcceptedDocument(
                      document.id(),
                      document.units(),
                      document.codes(),
                      document.accepted(),
                      document.errors().size(),
                      document.createDate(),
                      document.contentHash(),
                      document.status(now)))
          .toList();
    }
  }

  /** The first thousand duplicates. */
  public List<Duplicate> duplicates() {
    synchronized (state) {
      settled();
      return state.duplicates().kept();
    }
  }

  /** All duplicates, counted. */
  public Map<Duplicate.Kind, Long> duplicateCounts() {
    synchronized (state) {
      settled();
      return state.duplicates().counts();
    }
  }

  /** Calls that came, refused ones too, by the name that presets use ({@code order}). */
  public Map<String, Long> callsByName() {
    return meter.byCall();
  }

  /** Calls that came, by method and path template. */
  public Map<String, Long> callsByPath() {
    return meter.byPath();
  }

  /** The most calls of any sliding minute, by credential and method; refused ones too. */
  public Map<String, Integer> mostCallsPerMinute() {
    return meter.mostPerMinute();
  }

  /**
   * The calls of each second that had some, by credential and method and by second since 1970; the
   * newest two hours, refused ones too.
   */
  public Map<String, NavigableMap<Long, Integer>> callsPerSecond() {
    return meter.perSecond();
  }

  /** How many calls the limit answered with 429. */
  public long refusedByLimit() {
    return meter.refused();
  }

  private Instant settled() {
    try {
      state.settle();
      return state.work().now();
    } catch (IOException exception) {
      throw new UncheckedIOException("reading a stored document failed", exception);
    }
  }
}
