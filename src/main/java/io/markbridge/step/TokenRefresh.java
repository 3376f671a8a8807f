package io.markbridge.step;

import io.markbridge.document.FailureKind;
import io.markbridge.openapi.CredentialsException;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.TokenStore;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Gives each request the account's current credential (G2, section 1), and a new one where it was refused. */
@Named("tokenRefresh")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class TokenRefresh implements Processor {
  private static final String REPEATED = "markbridge.repeated";

  private final TokenStore tokens;

  @Inject
  public TokenRefresh(TokenStore tokens) {
    this.tokens = tokens;
  }

  @Override
  public void process(Exchange exchange) throws CredentialsException {
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    exchange.setProperty(OperatorHttp.BEARER, tokens.bearer(request.account(), request.call().family()));
  }

  /** Whether the answer says that the token was no longer good, and this is the first time. */
  public boolean worthRepeating(Exchange exchange) {
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    boolean refused = answer.failure().filter(kind -> kind == FailureKind.NOT_AUTHENTICATED).isPresent();
    if (!refused || answer.status() == 0 || exchange.getProperty(REPEATED) != null) {
      return false;
    }
    exchange.setProperty(REPEATED, true);
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    return tokens.refused(request.account(), exchange.getProperty(OperatorHttp.BEARER, String.class));
  }
}
