package io.markbridge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An accepted order (sections 3 and 4); it becomes ready by the clock. */
final class Order implements Stored {
  private final String id;
  private final String account;
  private final OrderRequest request;
  private final Instant createDate;
  private final Duration delay;
  private final String outcome;
  private final String rejectionReason;
  private List<SubOrder> subOrders = List.of();
  private boolean closed;

  /**
   * @param outcome READY, REJECTED or OUTSOURCED, after the delay
   */
  Order(
      String id,
      String account,
      OrderRequest request,
      Instant createDate,
      Duration delay,
      String outcome,
      String rejectionReason) {
    this.id = id;
    this.account = account;
    this.request = request;
    this.createDate = createDate;
    this.delay = delay;
    this.outcome = outcome;
    this.rejectionReason = rejectionReason;
  }

  void setSubOrders(List<SubOrder> list) {
    subOrders = List.copyOf(list);
  }

  void close() {
    closed = true;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return "ORDER";
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public String productGroup() {
    return request.productGroup();
  }

  @Override
  public Instant createDate() {
    return createDate;
  }

  @Override
  public String contentHash() {
    return request.contentHash();
  }

  OrderRequest request() {
    return request;
  }

  List<SubOrder> subOrders() {
    return subOrders;
  }

  Optional<SubOrder> subOrder(String gtin) {
    return subOrders.stream().filter(sub -> sub.gtin().equals(gtin)).findFirst();
  }

  /** CREATED, PENDING, READY, REJECTED, CLOSED, OUTSOURCED. */
  String orderStatus(Instant now) {
    if (closed) {
      return "CLOSED";
    }
    if (!now.isBefore(createDate.plus(delay))) {
      return outcome;
    }
    return now.isBefore(createDate.plus(delay.dividedBy(3))) ? "CREATED" : "PENDING";
  }

  /** Why it was rejected, once it is. */
  Optional<String> rejectionReason(Instant now) {
    return orderStatus(now).equals("REJECTED") ? Optional.of(rejectionReason) : Optional.empty();
  }

  boolean isActive(Instant now) {
    String status = orderStatus(now);
    return !status.equals("CLOSED") && !status.equals("REJECTED");
  }

  @Override
  public String status(Instant now) {
    return switch (orderStatus(now)) {
      case "CREATED" -> "CREATED";
      case "PENDING" -> "IN_PROCESS";
      case "REJECTED" -> "ERROR";
      default -> "SUCCESS";
    };
  }
}
