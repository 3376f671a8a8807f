package io.markbridge.sandbox;

import io.markbridge.sandbox.Gate.Manner;
import io.markbridge.sandbox.Gate.Reply;
import io.markbridge.sandbox.MarketRoute.Visit;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * What every call of the marketplace passes: limits, failures on demand, credential, ids of the
 * path. Every answer tells how much of the limit is left.
 */
final class MarketGate {
  private static final int OVER_LIMIT = 420;

  private final Work work;
  private final MarketMeter meter;
  private final MarketCalls calls;

  MarketGate(Work work, MarketMeter meter, MarketCalls calls) {
    this.work = work;
    this.meter = meter;
    this.calls = calls;
  }

  MarketMeter meter() {
    return meter;
  }

  /**
   * @param header value by lower-case name, empty where there is none
   * @param atOnce how many requests of the campaign are there now, this one among them
   */
  Reply pass(Visit visit, Spill body, java.util.function.UnaryOperator<String> header, int atOnce)
      throws IOException {
    String call = visit.route().label();
    MarketMeter.Count count = meter.count(visit.campaign(), call, work.now());
    int most = work.switches().number(SwitchName.MARKET_AT_ONCE);
    if (most > 0 && atOnce > most) {
      meter.refusedAtOnce(visit.campaign());
      return new Reply(
          hinted(error(OVER_LIMIT, "METHOD_FAILURE", "more than " + most + " at once"), count),
          Manner.WHOLE);
    }
    if (!count.passed()) {
      return new Reply(
          hinted(error(OVER_LIMIT, "METHOD_FAILURE", "Hit rate limit of " + count.limit()), count),
          Manner.WHOLE);
    }
    Optional<FailurePlan.Failure> failure = work.switches().failures().take(call);
    if (failure.isEmpty()) {
      return new Reply(hinted(handle(visit, body, header), count), Manner.WHOLE);
    }
    return failed(failure.get(), visit, body, header, count);
  }

  /** The failure shapes of OPEN API in the marketplace's words. */
  private Reply failed(
      FailurePlan.Failure failure,
      Visit visit,
      Spill body,
      java.util.function.UnaryOperator<String> header,
      MarketMeter.Count count)
      throws IOException {
    if (failure.shape() == FailureShape.CUT_BEFORE) {
      return new Reply(Answer.text(500, "", ""), Manner.CUT);
    }
    Optional<Answer> truth =
        failure.processedFirst() ? Optional.of(handle(visit, body, header)) : Optional.empty();
    if (failure.shape().isAnswer()) {
      int status = failure.shape().status() == 429 ? OVER_LIMIT : failure.shape().status();
      return new Reply(
          hinted(error(status, "SANDBOX_" + status, "Sandbox failure"), count), Manner.WHOLE);
    }
    Manner manner =
        switch (failure.shape()) {
          case HALF_ANSWER -> Manner.HALF;
          case SLOW -> Manner.LATE;
          default -> Manner.CUT;
        };
    return new Reply(hinted(truth.orElseThrow(), count), manner);
  }

  /** A path of the marketplace's that has no such call. */
  Reply unknown() {
    return new Reply(error(404, "NOT_FOUND", "no such method"), Manner.WHOLE);
  }

  private Answer handle(Visit visit, Spill body, java.util.function.UnaryOperator<String> header)
      throws IOException {
    try {
      credential(header);
      if (!visit.campaign().matches("[0-9]{1,19}") || !visit.order().matches("[0-9]{1,19}")) {
        throw MarketRefusal.badRequest("campaignId and orderId are int64");
      }
      return calls.answer(visit, body);
    } catch (MarketRefusal refusal) {
      return error(refusal.status(), refusal.code(), refusal.getMessage());
    }
  }

  private void credential(java.util.function.UnaryOperator<String> header) throws MarketRefusal {
    List<String> keys = work.switches().list(SwitchName.MARKET_KEYS);
    String bearer = header.apply("authorization");
    String given =
        header.apply("api-key").isEmpty() && bearer.startsWith("Bearer ")
            ? bearer.substring("Bearer ".length())
            : header.apply("api-key");
    if (given.isEmpty()) {
      throw new MarketRefusal(401, "UNAUTHORIZED", "no credential");
    }
    if (!keys.contains(given)) {
      throw new MarketRefusal(403, "FORBIDDEN", "the credential opens nothing here");
    }
  }

  /** The seed's examples print OK in errors too: a switch says which word is there. */
  private Answer error(int status, String code, String message) {
    return Answer.json(
        work,
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", work.switches().text(SwitchName.MARKET_ERROR_STATUS));
          json.writeArrayFieldStart("errors");
          json.writeStartObject();
          json.writeStringField("code", code);
          json.writeStringField("message", message);
          json.writeEndObject();
          json.writeStartObject();
          json.writeStringField("code", code + "_DETAIL");
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static Answer hinted(Answer answer, MarketMeter.Count count) {
    return answer
        .with("X-RateLimit-Resource-Limit", Integer.toString(count.limit()))
        .with("X-RateLimit-Resource-Remaining", Integer.toString(count.remaining()))
        .with(
            "X-RateLimit-Resource-Until",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(count.until().atZone(ZoneOffset.UTC)));
  }
}
