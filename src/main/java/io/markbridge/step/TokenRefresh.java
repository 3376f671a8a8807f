package io.markbridge.step;

import io.markbridge.openapi.Consequence;
import io.markbridge.openapi.CredentialsException;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.openapi.OperatorRequest;
import io.markbridge.openapi.RequestLimits;
import io.markbridge.openapi.TokenStore;
import io.markbridge.openapi.TokenStore.Credential;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Gives each request the account's current credential (G2, section 1), and a new one where it was
 * refused.
 */
@Named("tokenRefresh")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class TokenRefresh implements Processor {
  static final String REPEATED = "markbridge.repeated";

  private final TokenStore tokens;
  private final RequestLimits limits;

  @Inject
  public TokenRefresh(TokenStore tokens, RequestLimits limits) {
    this.tokens = tokens;
    this.limits = limits;
  }

  @Override
  public void process(Exchange exchange) throws CredentialsException {
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    exchange.setProperty(
        OperatorHttp.CREDENTIAL, tokens.credential(request.account(), request.call()));
  }

  /** Whether the answer says that the token was no longer good, and this is the first time. */
  public boolean worthRepeating(Exchange exchange) {
    OperatorAnswer answer = exchange.getMessage().getBody(OperatorAnswer.class);
    OperatorRequest request = exchange.getProperty(OperatorHttp.REQUEST, OperatorRequest.class);
    Credential sent = exchange.getProperty(OperatorHttp.CREDENTIAL, Credential.class);
    if (sent != null && FailureRules.showsThatItWorks(answer)) {
      tokens.taken(request.account(), sent.secret());
    }
    boolean newToken =
        FailureRules.follows(request.attempt(), answer).filter(Consequence::newToken).isPresent();
    if (!newToken || exchange.getProperty(REPEATED) != null) {
      return false;
    }
    exchange.setProperty(REPEATED, true);
    boolean worthIt = tokens.refused(request.account(), sent.secret());
    // It is one request more at the operator. Where none is left it is sent again later, as one
    // that was not authenticated.
    return worthIt && limits.take(request.account(), request.call().limit(), 1) == 1;
  }
}
