package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;

class DiskRoomTest {
  private static final long MEGABYTE = 1024 * 1024;

  @Test
  void threeTimesTheDocumentAndAReserveIsEnough() {
    assertThatCode(
            () ->
                new DiskRoom(() -> 364 * MEGABYTE, DiskRoom.STORED)
                    .check(100 * MEGABYTE, "beer/a.json"))
        .doesNotThrowAnyException();
  }

  @Test
  void oneByteLessIsToldWithWhatIsNeeded() {
    assertThatIOException()
        .isThrownBy(
            () ->
                new DiskRoom(() -> 364 * MEGABYTE - 1, DiskRoom.STORED)
                    .check(100 * MEGABYTE, "beer/a.json"))
        .withMessageContaining("beer/a.json")
        .withMessageContaining("364 MB")
        .withMessageContaining("363 MB")
        .withMessageContaining("stays where it is");
  }

  @Test
  void smallDocumentsNeedTheReserveToo() {
    assertThatIOException()
        .isThrownBy(
            () -> new DiskRoom(() -> 10 * MEGABYTE, DiskRoom.STORED).check(1, "beer/a.json"));
  }
}
