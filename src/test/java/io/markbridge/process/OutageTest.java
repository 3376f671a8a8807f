package io.markbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.Patience;
import io.markbridge.journal.Journal;
import io.markbridge.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Hundreds of documents while the operator's host is gone: a few requests find that out. */
@QuarkusTest
@QuarkusTestResource(
    value = PlantResource.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = "markbridge.orders.fetch-codes", value = "none"))
class OutageTest {
  private static final Logger LOG = Logger.getLogger(OutageTest.class);
  private static final int DOCUMENTS = 600;

  Plant plant;
  @Inject Journal journal;

  @Test
  void anOutageCostsAFewRequestsAndLosesNothing() {
    int port = plant.sandbox().port();
    plant.sandbox().close();
    for (int number = 0; number < DOCUMENTS; number++) {
      plant
          .files()
          .put("beer/out-" + number + ".json", LegacyBodies.order("PO-" + number, 1).toString());
    }
    await("all documents wait", () -> count("documents where state = 'PLANNED'") == DOCUMENTS);
    await("several probes", () -> failures() >= 9);
    long failures = failures();
    LOG.infof("%d documents waited, %d requests failed", DOCUMENTS, failures);
    assertThat(failures).isLessThan(40);

    try (Sandbox back = Sandbox.start(FastSandbox.options().withPort(port))) {
      await("all orders are sent", () -> count("documents where state = 'DONE'") == DOCUMENTS);
      assertThat(back.journal().orders()).hasSize(DOCUMENTS);
      assertThat(back.journal().duplicateCounts())
          .allSatisfy((kind, number) -> assertThat(number).isZero());
      assertThat(back.journal().callsByName().get("login")).isLessThanOrEqualTo(2);
      assertThat(count("timeline where event in ('parked', 'answer lost')")).isZero();
      assertThat(failures()).as("nothing failed after it").isLessThan(40);
    }
  }

  private long failures() {
    return count("timeline where event = 'operator not reached'");
  }

  private long count(String from) {
    return journal
        .database()
        .read(
            "counting for a test",
            transaction -> transaction.count("select count(*) from " + from));
  }

  private static void await(String what, BooleanSupplier condition) {
    Patience.await(what)
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofMinutes(5))
        .until(condition::getAsBoolean);
  }
}
