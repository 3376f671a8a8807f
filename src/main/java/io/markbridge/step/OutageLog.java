package io.markbridge.step;

import io.markbridge.openapi.OperatorHealth;
import java.time.Duration;
import org.jboss.logging.Logger;

/** One line when the operator stops to answer, and one when it answers again. */
final class OutageLog implements OperatorHealth.Listener {
  private static final Logger LOG = Logger.getLogger(OutageLog.class);

  private final String host;

  OutageLog(String host) {
    this.host = host;
  }

  @Override
  public void outage() {
    LOG.warnf(
        "the operator's host %s does not answer: everything waits but for one request now and then",
        host);
  }

  @Override
  public void over(Duration lasted) {
    LOG.infof("the operator's host %s answers again after %d s", host, lasted.toSeconds());
  }
}
