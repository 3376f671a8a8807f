package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeTableTest {
  @TempDir Path folder;

  @Test
  void remembersEveryCodeWhileItGrows() {
    CodeTable table = new CodeTable(folder);

    for (int code = 0; code < 100_000; code++) {
      table.apply(LongHash.of("code" + code), code + 1);
      table.pack(LongHash.of("code" + code), -code - 1);
    }

    assertThat(table.size()).isEqualTo(100_000);
    for (int code = 0; code < 100_000; code++) {
      assertThat(table.appliedBy(LongHash.of("code" + code))).isEqualTo(code + 1);
      assertThat(table.packedBy(LongHash.of("code" + code))).isEqualTo(-code - 1);
    }
    assertThat(table.appliedBy(LongHash.of("other"))).isZero();
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
