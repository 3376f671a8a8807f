package io.markbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stateful simulator of OPEN API, as the contract describes it, on a port of its own. It refuses
 * what the operator would refuse, keeps nothing on disk beyond its life, and fails on demand.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().with("order-delay", "0"))) {
 *   bridge.connect(sandbox.uri());
 *   assertThat(sandbox.journal().orders()).hasSize(1);
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
  private final String host;
  private final Work work;
  private final Accounts accounts;
  private final ControlCalls control;
  private final SandboxJournal journal;
  private final Market market;
  private final HttpFront front;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sandbox(SandboxOptions options) throws IOException {
    host = options.host();
    work = Work.open(new Switches(options.switches()), options.clock());
    accounts = new Accounts(work);
    market = new Market(work);
    OperatorState state = new OperatorState(work);
    CallMeter meter = new CallMeter(work.switches());
    journal = new SandboxJournal(state, meter);
    OrderCalls orders = new OrderCalls(state);
    control = new ControlCalls(state, orders, accounts, journal);
    Gate gate = new Gate(work, accounts, meter, handlers(state, orders));
    try {
      front = new HttpFront(work, gate, market.gate(), host, options.port());
    } catch (IllegalStateException exception) {
      work.delete();
      throw exception;
    }
  }

  /**
   * Starts a sandbox.
   *
   * @throws IllegalArgumentException when a switch or its value is unknown
   * @throws IllegalStateException when the port cannot be had
   */
  public static Sandbox start(SandboxOptions options) {
    try {
      return new Sandbox(options);
    } catch (IOException exception) {
      throw new UncheckedIOException("making the sandbox's folder failed", exception);
    }
  }

  private Map<String, Handler> handlers(OperatorState state, OrderCalls orders) {
    CodeCalls codes = new CodeCalls(state);
    UtilisationCalls utilisation = new UtilisationCalls(state);
    AggregationCalls aggregation = new AggregationCalls(state);
    DocumentCalls documents = new DocumentCalls(state);
    DocumentErrorCalls errors = new DocumentErrorCalls(state);
    CodeStateCalls states = new CodeStateCalls(state);
    return Map.ofEntries(
        Map.entry("login", accounts::login),
        Map.entry("refresh", accounts::refresh),
        Map.entry("order", orders::order),
        Map.entry("orders", orders::orders),
        Map.entry("sub-orders", orders::subOrders),
        Map.entry("order-close", orders::close),
        Map.entry("codes", codes::codes),
        Map.entry("code-packs", codes::packs),
        Map.entry("utilisation", utilisation::utilisation),
        Map.entry("utilisation-status", utilisation::status),
        Map.entry("aggregation", aggregation::aggregation),
        Map.entry("document-search", documents::search),
        Map.entry("document-status", documents::status),
        Map.entry("document-body", documents::body),
        Map.entry("document-errors", errors::errors),
        Map.entry("document-codes", errors::codes),
        Map.entry("public-codes", states::publicCodes),
        Map.entry("private-codes", states::privateCodes),
        Map.entry("sandbox-state", control::state),
        Map.entry("sandbox-switches", control::change),
        Map.entry("sandbox-show", control::show),
        Map.entry("sandbox-issue", control::issue),
        Map.entry("sandbox-expire", control::expire),
        Map.entry("sandbox-market", market::state),
        Map.entry("sandbox-market-order", market::make));
  }

  public int port() {
    return front.port();
  }

  /** Where the API is, such as {@code http://127.0.0.1:8070}. */
  public URI uri() {
    String address = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + address + ":" + port());
  }

  /** What was accepted, called and seen twice. */
  public SandboxJournal journal() {
    return journal;
  }

  /** The marketplace beside OPEN API. */
  public Market market() {
    return market;
  }

  /**
   * Changes a switch while running.
   *
   * @throws IllegalArgumentException when the switch or its value is unknown
   */
  public void set(String name, String value) {
    work.switches().set(name, value);
  }

  /** Ends every access token at once, as if its life were over. */
  public void expireTokens() {
    accounts.expireTokens();
  }

  /**
   * Makes an order of account {@code demo} that is ready, with all its codes taken in one pack.
   *
   * @throws IllegalStateException when the switches forbid the order
   */
  public IssuedOrder issue(String productGroup, String gtin, int quantity) {
    try {
      return control.issue("demo", productGroup, gtin, "UNIT", quantity);
    } catch (RefusedException exception) {
      throw new IllegalStateException("issuing codes was refused", exception);
    } catch (IOException exception) {
      throw new UncheckedIOException("storing an order failed", exception);
    }
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    front.close();
    work.delete();
  }
}
