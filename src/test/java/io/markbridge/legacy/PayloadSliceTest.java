package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class PayloadSliceTest {

  @Test
  void readsOnlyItsPiece() throws IOException {
    PayloadSlice slice = new PayloadSlice(Fixtures.payload("0123456789"), 3, 4);
    try (InputStream input = slice.open()) {
      assertThat(input.read()).isEqualTo('3');
      assertThat(input.skip(2)).isEqualTo(2);
      assertThat(input.readAllBytes()).asString().isEqualTo("6");
      assertThat(input.read()).isEqualTo(-1);
    }
    assertThat(slice.open().readAllBytes()).asString().isEqualTo("3456");
  }

  @Test
  void doesNotReachBeyondTheEnd() {
    assertThatThrownBy(() -> new PayloadSlice(Fixtures.payload("0123"), 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
