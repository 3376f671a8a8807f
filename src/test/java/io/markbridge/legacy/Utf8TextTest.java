package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.document.Payload;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
  private static boolean is(String text, Charset charset) throws Exception {
    return Utf8Text.is(Payload.of(text.getBytes(charset)));
  }

  @Test
  void tellsUtf8FromWindows1251() throws Exception {
    Charset old = Charset.forName("windows-1251");
    assertThat(is("{\"seriesNumber\":\"Партия\"}", StandardCharsets.UTF_8)).isTrue();
    assertThat(is("\uFEFF{}Партия", StandardCharsets.UTF_8)).as("its mark is believed").isFalse();
    assertThat(is("{\"seriesNumber\":\"Партия\"}", old)).isFalse();
    assertThat(is("{\"unit\":\"Я\"}", old)).isFalse();
    assertThat(is("{\"seriesNumber\":\"S-1\"}", old)).as("the same in both").isFalse();
    assertThat(is("", old)).isFalse();
  }

  /** A letter of two bytes lies across two pieces; a cut one is none. */
  @Test
  void readsInPieces() throws Exception {
    for (int before : new int[] {65_535, 65_536, 131_071}) {
      assertThat(is("a".repeat(before) + "Я" + "b".repeat(9), StandardCharsets.UTF_8)).isTrue();
    }
    byte[] cut = {'"', (byte) 0xD0};
    assertThat(Utf8Text.is(Payload.of(cut))).isFalse();
  }
}
