package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoApplicationTest {

  @Test
  void writesBracesAroundSeveralSuffixesOnly() {
    assertThat(DemoApplication.named("tobacco/ping", List.of("reply")))
        .isEqualTo("tobacco/ping.reply.json");
    assertThat(DemoApplication.named("water/order", List.of("reply", "status")))
        .isEqualTo("water/order.{reply,status}.json");
    assertThat(DemoApplication.named("water/order", List.of())).isEqualTo("-");
  }
}
