package io.markbridge.step;

import io.markbridge.crash.CrashPoint;
import io.markbridge.crash.CrashSwitch;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Payload;
import io.markbridge.openapi.AnswerReader;
import io.markbridge.openapi.CredentialsException;
import io.markbridge.openapi.DocumentBodyStream;
import io.markbridge.openapi.LimitHint;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.TokenStore.Credential;
import io.markbridge.operator.OperatorPreset;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** Puts a request into an exchange for the HTTP component, and takes the answer out. */
@Named("operatorHttp")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class OperatorHttp {
  static final String REQUEST = "markbridge.request";
  static final String CREDENTIAL = "markbridge.credential";

  /** Long after it was granted, perhaps: the limit's permission counts as used. */
  static final String KEPT_BACK = "markbridge.keptBack";

  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

  private final AnswerReader answers;
  private final OperatorAddress address;
  private final ClockCheck clocks;
  private final OperatorPreset preset;
  private final Clock clock;

  @Inject
  public OperatorHttp(
      AnswerReader answers,
      OperatorAddress address,
      ClockCheck clocks,
      OperatorPreset preset,
      Clock clock) {
    this.answers = answers;
    this.address = address;
    this.clocks = clocks;
    this.preset = preset;
    this.clock = clock;
  }

  /** Fills headers and body from the request that the exchange carries. */
  public void prepare(Exchange exchange) throws IOException {
    OperatorRequest request = exchange.getProperty(REQUEST, OperatorRequest.class);
    exchange.setProperty(CallMeter.CALL, request.call().name());
    OperatorMessage.put(
        exchange,
        address.of(request.call()),
        request.call().method(),
        request.call().path(request.pathValues()),
        request.query(),
        request.body().isPresent() ? "application/json" : null,
        null);
    Credential credential = exchange.getProperty(CREDENTIAL, Credential.class);
    exchange.getMessage().setHeader(credential.header(), credential.value());
    if (request.body().isPresent()) {
      exchange.getMessage().setBody(stream(request.body().get(), request.call().body()));
    }
    CrashSwitch.reached(CrashPoint.REQUEST_LEAVES, exchange.getProperty(RecordAnswers.SUBMISSION));
  }

  private static InputStream stream(Payload body, String form) throws IOException {
    return form.equals("base64-document") ? DocumentBodyStream.wrap(body.open()) : body.open();
  }

  /** Reads the answer that the HTTP component left. */
  public void read(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    Optional<Instant> date = clocks.compare(message.getHeader("Date", String.class));
    byte[] body = new byte[0];
    try (InputStream stream = message.getBody(InputStream.class)) {
      if (stream != null) {
        body = stream.readNBytes(LARGEST_ANSWER + 1);
      }
    }
    if (body.length > LARGEST_ANSWER) {
      message.setBody(
          new OperatorAnswer(
              message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
              new byte[0],
              Optional.of(FailureKind.ANSWER_LOST),
              List.of(OperatorError.of("", "the answer is larger than 16 MB", "")),
              Optional.empty()));
      return;
    }
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    Optional<LimitHint> hint = hint(exchange, message, date);
    message.setBody(
        answers
            .read(
                status,
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                body,
                message.getHeader("Retry-After", String.class))
            .orWait(hint.map(LimitHint::until), clock.instant())
            .at(date)
            .with(hint));
  }

  private Optional<LimitHint> hint(Exchange exchange, Message message, Optional<Instant> date) {
    OperatorRequest request = exchange.getProperty(REQUEST, OperatorRequest.class);
    // A login is no request of a document.
    return request == null
        ? Optional.empty()
        : LimitHint.read(
            preset.of(request.call()),
            name -> message.getHeader(name, String.class),
            date,
            clock.instant());
  }

  /** No answer, or half of one. */
  public void lost(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    FailureKind kind = neverLeft(cause) ? FailureKind.NOT_REACHED : FailureKind.ANSWER_LOST;
    exchange
        .getMessage()
        .setBody(
            OperatorAnswer.failed(
                kind, cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  /**
   * No token, so nothing was sent: where the host did not even answer the login, it is that which
   * failed.
   */
  public void withoutCredentials(Exchange exchange) {
    CredentialsException cause =
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, CredentialsException.class);
    exchange
        .getMessage()
        .setBody(
            OperatorAnswer.failed(
                cause.outage() ? FailureKind.NOT_REACHED : FailureKind.NOT_AUTHENTICATED,
                cause.getMessage()));
  }

  /** The request may not leave now, so nothing was sent. */
  public void keptBack(Exchange exchange) throws IOException {
    String reason = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).getMessage();
    if (exchange.getMessage().getBody() instanceof InputStream unsent) {
      unsent.close();
    }
    exchange.setProperty(KEPT_BACK, true);
    exchange.getMessage().setBody(OperatorAnswer.heldBack(reason, Duration.ZERO));
  }

  /** The request could not be made, so nothing was sent. */
  public void notSent(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange
        .getMessage()
        .setBody(
            OperatorAnswer.failed(
                FailureKind.NOT_REACHED, "making the request failed: " + cause.getMessage()));
  }

  private static boolean neverLeft(Throwable failure) {
    return Optional.ofNullable(failure)
        .filter(
            cause ->
                cause instanceof ConnectException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException
                    || neverLeft(cause.getCause()))
        .isPresent();
  }
}
