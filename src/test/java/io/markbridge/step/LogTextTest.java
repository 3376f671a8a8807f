package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTest {
  @Test
  void aNameCannotForgeASecondLine() {
    assertThat(LogText.line("beer/a\r\n2026-11-22 ERROR b.json\u0085\u2028"))
        .isEqualTo("beer/a??2026-11-22 ERROR b.json??");
    assertThat(LogText.line("пиво/два слова.json")).isEqualTo("пиво/два слова.json");
  }
}
