package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlantDatesTest {
  private final PlantDates dates = new PlantDates(ZoneOffset.ofHours(5));

  @ParameterizedTest
  @CsvSource({
    "2026-08-17, 2026-08-17T00:00:00+05:00",
    "17.08.2026, 2026-08-17T00:00:00+05:00",
    "2026-08-17T00:00:00Z, 2026-08-17T00:00:00+05:00",
    "2026-08-17T00:00:00.000Z, 2026-08-17T00:00:00+05:00",
    "2026-08-17T00:00:00+00:00, 2026-08-17T00:00:00+05:00",
    "2026-08-17T00:00:00+05:00, 2026-08-17T00:00:00+05:00",
    "2026-08-16T19:00:00Z, 2026-08-17T00:00:00+05:00",
    "2026-08-17T21:30:00Z, 2026-08-18T02:30:00+05:00",
    "2026-08-17T10:15:30.123456+0300, 2026-08-17T12:15:30+05:00",
    "2026-08-17T10:15, 2026-08-17T10:15:00+05:00",
    "2026-08-17 10:15:00, 2026-08-17T10:15:00+05:00",
    "2026-08-17T00:00:00.0000000+05:00, 2026-08-17T00:00:00+05:00",
    "2026-08-17T10:15:30.1234567Z, 2026-08-17T15:15:30+05:00",
    "17.08.2026 10:15:00, 2026-08-17T10:15:00+05:00",
    "1786924800000, 2026-08-17T00:00:00+05:00",
    "1950-01-01, 1950-01-01T00:00:00+05:00",
    "1998-05-01, 1998-05-01T00:00:00+05:00",
    "9999-12-31, 9999-12-31T00:00:00+05:00",
  })
  void aDayIsThatDayInThePlant(String text, String expected) {
    assertThat(dates.read(text).map(date -> dates.write(date, "date-time"))).contains(expected);
    assertThat(dates.read(text).map(date -> dates.write(date, "date")))
        .contains(expected.substring(0, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-30",
        "31.02.2026",
        "2026-13-01",
        "tomorrow",
        "20260817",
        "17/08/2026",
        "0001-01-01T00:00:00",
        "01.01.0001 0:00:00",
        "1899-12-30",
        "1926-08-17",
        "1949-12-31",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "10000-01-01",
        "9999-12-31T23:59:59Z",
        "202611201530",
        "20261120153000",
        "1786924800",
        "10:15",
        "2026-08-17T25:00:00Z",
        "99999999999999999999"
      })
  void theRestIsNoDate(String text) {
    assertThat(dates.read(text)).isEmpty();
  }
}
