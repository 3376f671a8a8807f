package io.markbridge.sandbox;

import io.markbridge.sandbox.Route.Family;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What every call passes before its handler: count and limit, failures on demand, headers, query
 * and credential, in this order.
 */
final class Gate {
  /** How an answer goes out. */
  enum Manner {
    WHOLE,
    HALF,
    CUT,
    LATE
  }

  /** An answer and the manner of its going out. */
  record Reply(Answer answer, Manner manner) {}

  private final Work work;
  private final Accounts accounts;
  private final CallMeter meter;
  private final Map<String, Handler> handlers;

  Gate(Work work, Accounts accounts, CallMeter meter, Map<String, Handler> handlers) {
    this.work = work;
    this.accounts = accounts;
    this.meter = meter;
    this.handlers = handlers;
  }

  Reply pass(Call call) throws IOException {
    if (call.route().family() == Family.CONTROL) {
      return new Reply(handle(call), Manner.WHOLE);
    }
    Duration wait = meter.arrive(call.route(), accounts.credential(call), work.now());
    if (!wait.isZero()) {
      return new Reply(tooMany(wait), Manner.WHOLE);
    }
    Optional<FailurePlan.Failure> failure = work.switches().failures().take(call.route().name());
    if (failure.isEmpty()) {
      return new Reply(handle(call), Manner.WHOLE);
    }
    return failed(call, failure.get());
  }

  /** A path or method that no call has. */
  Reply unknown(String method, String path, int status) {
    meter.unknown(method, path);
    Answer answer = Answer.text(status, "application/json", "[{\"code\":\"no-such-method\"}]");
    return new Reply(answer, Manner.WHOLE);
  }

  private Reply failed(Call call, FailurePlan.Failure failure) throws IOException {
    if (failure.shape() == FailureShape.CUT_BEFORE) {
      return new Reply(Answer.text(500, "", ""), Manner.CUT);
    }
    if (!failure.processedFirst()) {
      return new Reply(failure.shape().answer(), Manner.WHOLE);
    }
    Answer truth = handle(call);
    if (failure.shape().isAnswer()) {
      truth.body().close();
      return new Reply(failure.shape().answer(), Manner.WHOLE);
    }
    Manner manner =
        switch (failure.shape()) {
          case HALF_ANSWER -> Manner.HALF;
          case SLOW -> Manner.LATE;
          default -> Manner.CUT;
        };
    return new Reply(truth, manner);
  }

  private Answer handle(Call call) throws IOException {
    try {
      if (call.route().family() == Family.CONTROL) {
        return handlers.get(call.route().name()).answer(call);
      }
      checkHeaders(call);
      checkQuery(call);
      String account = call.route().family() == Family.NONE ? "" : accounts.account(call);
      return handlers.get(call.route().name()).answer(call.by(account));
    } catch (RefusedException refused) {
      return refused.answer();
    }
  }

  private void checkHeaders(Call call) throws RefusedException {
    if (call.header("clienttoken").isPresent()) {
      throw RefusedException.invalid("clientToken", "legacy header");
    }
    String type = call.header("content-type").orElse("");
    if (call.route().name().equals("refresh")) {
      mustBe(type, "application/x-www-form-urlencoded");
      return;
    }
    if (call.route().method().equals("POST") && call.body().size() > 0) {
      mustBe(type, "application/json");
    }
    String accept = call.header("accept").orElse("*/*");
    boolean strict = work.switches().is(SwitchName.ACCEPT, "strict");
    if (strict && call.route().family() != Family.NONE && !accept.contains("*/*")) {
      throw RefusedException.empty(406);
    }
  }

  private static void mustBe(String type, String wanted) throws RefusedException {
    if (!type.toLowerCase(Locale.ROOT).startsWith(wanted)) {
      throw RefusedException.code(415, "unsupported-media-type");
    }
  }

  private void checkQuery(Call call) throws RefusedException {
    for (String name : call.query().keySet()) {
      boolean legacy = LegacyNames.ALL.contains(name);
      boolean known = call.route().query().contains(name);
      if (legacy || (!known && work.switches().is(SwitchName.UNKNOWN_QUERY, "reject"))) {
        throw RefusedException.invalid(name, legacy ? "legacy parameter" : "unknown parameter");
      }
    }
  }

  private Answer tooMany(Duration wait) {
    Answer answer = Answer.text(429, "", "");
    if (work.switches().is(SwitchName.RETRY_AFTER, "false")) {
      return answer;
    }
    long seconds = (wait.toMillis() + 999) / 1000;
    return answer.with("Retry-After", Long.toString(Math.max(1, seconds)));
  }
}
