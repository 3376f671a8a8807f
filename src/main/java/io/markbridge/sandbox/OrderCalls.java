package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Sections 3 and 4: orders and sub-orders. */
final class OrderCalls {
  static final String PAID_REASON = "Order holds a paid GTIN, and isPaid is not true";
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private final OperatorState state;
  private final Work work;

  OrderCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer order(Call call) throws RefusedException, IOException {
    OrderRequest request;
    try (InputStream body = call.body().open()) {
      request = OrderReader.read(body);
    }
    synchronized (state) {
      Order order =
          accept(call.account(), request, work.switches().duration(SwitchName.ORDER_DELAY));
      try (InputStream body = call.body().open()) {
        Files.copy(body, work.bodyOf(order.id()));
      }
      return Ids.answer(work, "orderId", order.id());
    }
  }

  /** Takes an order in, and fixes what will become of it. */
  Order accept(String account, OrderRequest request, Duration delay) throws RefusedException {
    Instant now = work.now();
    checkActive(account, now);
    for (OrderRequest.Product product : request.products()) {
      for (String serial : product.serialNumbers()) {
        if (state.issued().isTaken(product.gtin(), serial)) {
          throw RefusedException.invalid("serialNumbers", "ordered before: " + serial);
        }
      }
    }
    boolean unpaid = !request.isPaid() && request.products().stream().anyMatch(this::isPaid);
    String outcome = unpaid ? "REJECTED" : work.switches().text(SwitchName.ORDER_OUTCOME);
    String reason = unpaid ? PAID_REASON : work.switches().text(SwitchName.ORDER_REJECTION_REASON);
    String id = UUID.randomUUID().toString();
    Order order = new Order(id, account, request, now, delay, outcome, reason);
    List<SubOrder> subOrders = new ArrayList<>();
    for (OrderRequest.Product product : request.products()) {
      long sequence = state.issued().nextSequence(product.gtin());
      SubOrder subOrder = new SubOrder(order, product, sequence);
      state.issued().add(subOrder, product);
      subOrders.add(subOrder);
    }
    order.setSubOrders(subOrders);
    state.add(order);
    return order;
  }

  private boolean isPaid(OrderRequest.Product product) {
    List<String> paid = work.switches().list(SwitchName.PAID_GTINS);
    return paid.contains("*") || paid.contains(product.gtin());
  }

  private void checkActive(String account, Instant now) throws RefusedException {
    int most = work.switches().number(SwitchName.MAXIMUM_ACTIVE_ORDERS);
    if (most == 0) {
      return;
    }
    long active =
        state.all(Order.class).stream()
            .filter(order -> order.account().equals(account) && order.isActive(now))
            .count();
    if (active >= most) {
      throw RefusedException.code(400, "too-many-active-orders");
    }
  }

  Answer orders(Call call) throws RefusedException {
    Instant now = work.now();
    Instant from = call.from();
    Instant to = call.to();
    int limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
    synchronized (state) {
      Predicate<Order> wanted =
          order ->
              order.account().equals(call.account())
                  && Pages.equal(call, "orderId", order.id())
                  && Pages.equal(call, "productGroup", order.productGroup())
                  && Pages.equal(call, "status", order.orderStatus(now))
                  && Pages.equal(call, "contractorTin", order.request().contractorTin())
                  && Pages.equal(call, "poNumber", order.request().poNumber())
                  && Pages.between(order.createDate(), from, to);
      List<Order> page =
          Pages.page(
              state.candidates(Order.class, call, "orderId"),
              Order::id,
              wanted,
              call.query("cursor"),
              limit);
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("orderInfos");
            for (Order order : page) {
              orderInfo(json, order, now);
            }
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  }

  private static void orderInfo(JsonGenerator json, Order order, Instant now) throws IOException {
    OrderRequest request = order.request();
    json.writeStartObject();
    json.writeStringField("orderId", order.id());
    Ids.optional(json, "contractorTin", request.contractorTin());
    json.writeStringField("productGroup", order.productGroup());
    json.writeStringField("orderStatus", order.orderStatus(now));
    json.writeStringField("releaseMethodType", request.releaseMethodType());
    Ids.optional(json, "poNumber", request.poNumber());
    json.writeStringField("createDate", order.createDate().toString());
    json.writeBooleanField("isPaid", request.isPaid());
    Ids.optional(json, "rejectionReason", order.rejectionReason(now).orElse(""));
    json.writeEndObject();
  }

  Answer subOrders(Call call) throws RefusedException {
    Instant now = work.now();
    Instant from = call.from();
    Instant to = call.to();
    int limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
    synchronized (state) {
      List<SubOrder> all =
          state.candidates(Order.class, call, "orderId").stream()
              .filter(order -> order.account().equals(call.account()))
              .flatMap(order -> order.subOrders().stream())
              .toList();
      Predicate<SubOrder> wanted =
          sub ->
              Pages.equal(call, "orderId", sub.order().id())
                  && Pages.equal(call, "gtin", sub.gtin())
                  && Pages.equal(call, "cisType", sub.cisType())
                  && Pages.equal(call, "status", sub.bufferStatus(now))
                  && Pages.between(sub.order().createDate(), from, to);
      List<SubOrder> page =
          Pages.page(all, sub -> sub.order().id(), wanted, call.query("cursor"), limit);
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("subOrderInfos");
            for (SubOrder sub : page) {
              subOrderInfo(json, sub, now);
            }
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  }

  private static void subOrderInfo(JsonGenerator json, SubOrder sub, Instant now)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("parentOrderId", sub.order().id());
    json.writeStringField("gtin", sub.gtin());
    json.writeStringField("bufferStatus", sub.bufferStatus(now));
    json.writeStringField("cisType", sub.cisType());
    json.writeNumberField("availableCodes", sub.quantity());
    json.writeNumberField("leftInBuffer", sub.left());
    json.writeNumberField("totalPassed", sub.passed());
    Ids.optional(json, "lastPackId", sub.lastPack().map(SubOrder.Pack::packId).orElse(""));
    json.writeStringField("createDate", sub.order().createDate().toString());
    Ids.optional(json, "rejectionReason", sub.order().rejectionReason(now).orElse(""));
    json.writeEndObject();
  }

  Answer close(Call call) throws RefusedException {
    String orderId = call.required("orderId");
    synchronized (state) {
      Instant now = work.now();
      Order order = Ids.order(state, orderId, call.account());
      String status = order.orderStatus(now);
      if (!status.equals("READY") && !status.equals("OUTSOURCED")) {
        throw RefusedException.code(400, "order-not-closable");
      }
      if (call.query("gtin").isEmpty()) {
        order.subOrders().forEach(SubOrder::close);
      } else {
        SubOrder sub = Ids.subOrder(order, call.required("gtin"));
        if (sub.bufferStatus(now).equals("CLOSED")) {
          throw RefusedException.code(400, "sub-order-not-closable");
        }
        sub.close();
      }
      if (order.subOrders().stream().allMatch(sub -> sub.bufferStatus(now).equals("CLOSED"))) {
        order.close();
      }
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeStringField("orderId", orderId);
            Ids.optional(json, "gtin", call.query("gtin").orElse(""));
            json.writeEndObject();
          });
    }
  }
}
