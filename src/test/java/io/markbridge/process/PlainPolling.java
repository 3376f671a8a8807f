package io.markbridge.process;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The bridge's rival in {@link OutboxRate}: what anybody writes in an afternoon, a consumer of
 * camel-sql and one call of the operator for each row. It maps nothing, finds out nothing, asks for
 * no status, and after a crash it sends again what it had sent.
 */
final class PlainPolling {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI operator;

  private PlainPolling(URI operator) {
    this.operator = operator;
  }

  /**
   * @param arguments the operator's address, the JDBC address, and how many rows there are; the
   *     rows hold what the operator wants
   */
  public static void main(String[] arguments) throws Exception {
    PlainPolling rival = new PlainPolling(URI.create(arguments[0]));
    CountDownLatch rows = new CountDownLatch(Integer.parseInt(arguments[2]));
    try (DefaultCamelContext camel = new DefaultCamelContext();
        AgroalDataSource source = source(arguments[1])) {
      camel.getRegistry().bind("outbox", source);
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("sql:select id, payload from plain_outbox where state = 'NEW' order by id limit 100"
                      + "?dataSource=#outbox&initialDelay=0&delay=50&greedy=true"
                      + "&onConsume=update plain_outbox set state = 'ENDED', reply = :#reply where id = :#id")
                  .process(
                      exchange -> {
                        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
                        String reply = rival.send((String) row.get("payload"));
                        exchange.getMessage().setHeader("reply", reply);
                        exchange.getMessage().setBody(Map.of("id", row.get("id"), "reply", reply));
                        rows.countDown();
                      });
            }
          });
      camel.start();
      rows.await();
    }
  }

  private String send(String payload) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(operator.resolve("/api/orders"))
            .header("Content-Type", "application/json")
            .header("Accept", "*/*")
            .header("Authorization", "Bearer demo-key")
            .POST(BodyPublishers.ofString(payload))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("HTTP " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private static AgroalDataSource source(String url) throws Exception {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled(false)
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(4)
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(url)
                                    .connectionProviderClass(org.postgresql.Driver.class))));
  }
}
