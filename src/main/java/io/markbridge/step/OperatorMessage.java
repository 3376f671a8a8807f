package io.markbridge.step;

import io.markbridge.operator.Percent;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** A request to the operator as a Camel message. */
final class OperatorMessage {
  private OperatorMessage() {}

  /**
   * A request in the form that the HTTP component takes; everything else in the message is dropped.
   */
  static void put(
      Exchange exchange,
      String address,
      String method,
      String path,
      Map<String, String> query,
      String contentType,
      Object body) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, method);
    message.setHeader(Exchange.HTTP_URI, URI.create(address + path).toString());
    if (!query.isEmpty()) {
      message.setHeader(Exchange.HTTP_QUERY, Percent.query(query));
    }
    // Anything narrower can get 406 with an empty body.
    message.setHeader("Accept", "*/*");
    if (contentType != null) {
      message.setHeader(Exchange.CONTENT_TYPE, contentType);
    }
    message.setBody(body);
  }
}
