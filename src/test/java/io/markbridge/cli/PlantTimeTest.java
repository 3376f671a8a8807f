package io.markbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PlantTimeTest {

  @Test
  void saysWhichZoneItsTimesAreIn() {
    PlantTime plant = new PlantTime(ZoneOffset.ofHours(5));
    assertThat(plant.title("RECEIVED")).isEqualTo("RECEIVED (+05:00)");
    assertThat(plant.zoned(0)).isEqualTo("1970-01-01 05:00:00 +05:00");
    assertThat(new PlantTime(ZoneOffset.UTC).title("TIME")).isEqualTo("TIME (UTC)");
  }
}
