package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox on a free port, with a clock that stands still. */
abstract class SandboxTest {
  static final String GTIN = "04780000000017";

  MovableClock clock;
  Sandbox sandbox;
  Client client;

  @BeforeEach
  void start() {
    clock = new MovableClock();
    sandbox = Sandbox.start(SandboxOptions.defaults().withClock(clock).with("limit", "0"));
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** Lets everything under way come to its end. */
  void later() {
    clock.move(Duration.ofSeconds(1));
  }

  void refused(Client.Got got, String parameter) {
    assertThat(got.status()).as(got.text()).isEqualTo(400);
    assertThat(got.code()).isEqualTo("invalid-input-parameter");
    assertThat(got.parameter()).isEqualTo(parameter);
  }
}
