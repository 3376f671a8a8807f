package io.markbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CodeMintTest {

  @Property
  void serialTellsItsNumber(
      @ForAll @LongRange(min = 0, max = 100_000_000_000L) long sequence,
      @ForAll @IntRange(min = 6, max = 20) int length) {
    String serial = CodeMint.serial("04780000000017", sequence, length);

    assertThat(serial).hasSize(length);
    assertThat(CodeMint.sequence(serial)).isEqualTo(sequence);
  }

  @Property
  void foreignSerialsAreNoError(@ForAll String serial) {
    assertThat(CodeMint.sequence(serial)).isGreaterThanOrEqualTo(-1);
  }

  @Property
  void anyTextHasAShape(@ForAll String code) {
    assertThat(code).startsWith(CodeShape.of(code).identity());
  }
}
