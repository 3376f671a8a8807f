package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Section 5: codes and their packs. */
final class CodeCalls {
  private final OperatorState state;
  private final Work work;

  CodeCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer codes(Call call) throws RefusedException {
    String orderId = call.required("orderId");
    String gtin = call.required("gtin");
    call.required("quantity");
    int most = work.switches().number(SwitchName.MAXIMUM_PACK);
    int quantity = call.number("quantity", 0, 1, most);
    synchronized (state) {
      SubOrder sub = Ids.subOrder(Ids.order(state, orderId, call.account()), gtin);
      Optional<SubOrder.Pack> old = oldPack(call, sub);
      SubOrder.Pack pack = old.isPresent() ? old.get() : newPack(sub, quantity);
      return Answer.json(work, json -> write(json, sub, pack));
    }
  }

  private static void write(JsonGenerator json, SubOrder sub, SubOrder.Pack pack)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("codes");
    for (int index = pack.first(); index < pack.first() + pack.quantity(); index++) {
      json.writeString(sub.code(index));
    }
    json.writeEndArray();
    json.writeStringField("packId", pack.packId());
    json.writeEndObject();
  }

  /** The pack after {@code lastPackId}, where one was made already. */
  private Optional<SubOrder.Pack> oldPack(Call call, SubOrder sub) throws RefusedException {
    Instant now = work.now();
    String status = sub.order().orderStatus(now);
    if (!status.equals("READY") && !status.equals("CLOSED")) {
      throw RefusedException.code(400, "order-not-ready");
    }
    List<SubOrder.Pack> packs = sub.packs();
    Optional<String> last = call.query("lastPackId");
    if (last.isEmpty()) {
      boolean first = work.switches().is(SwitchName.CODES_WITHOUT_PACK, "first");
      boolean again = first || status.equals("CLOSED");
      return again && !packs.isEmpty() ? Optional.of(packs.get(0)) : Optional.empty();
    }
    for (int index = 0; index < packs.size(); index++) {
      if (packs.get(index).packId().equals(last.get())) {
        return index + 1 < packs.size() ? Optional.of(packs.get(index + 1)) : Optional.empty();
      }
    }
    throw RefusedException.invalid("lastPackId", "no pack of this sub-order");
  }

  private SubOrder.Pack newPack(SubOrder sub, int quantity) throws RefusedException {
    return switch (sub.bufferStatus(work.now())) {
      case "ACTIVE" -> sub.take(quantity, work.now());
      case "EXHAUSTED" -> throw RefusedException.code(400, "codes-exhausted");
      default -> throw RefusedException.code(400, "sub-order-not-active");
    };
  }

  Answer packs(Call call) throws RefusedException {
    String orderId = call.required("orderId");
    String gtin = call.required("gtin");
    synchronized (state) {
      SubOrder sub = Ids.subOrder(Ids.order(state, orderId, call.account()), gtin);
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeStringField("orderId", orderId);
            json.writeStringField("gtin", gtin);
            json.writeArrayFieldStart("packs");
            for (SubOrder.Pack pack : sub.packs()) {
              json.writeStartObject();
              json.writeStringField("packId", pack.packId());
              json.writeNumberField("quantity", pack.quantity());
              json.writeStringField("packDateTime", pack.packDateTime().toString());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  }
}
