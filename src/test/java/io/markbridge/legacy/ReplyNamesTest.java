package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplyNamesTest {
  private static final String ID = "0d3f6a52-94f1-4d0c-8a5e-1f6f0a8f2b11";

  @Test
  void theFirstKeepsItsName() {
    assertThat(ReplyNames.stem("foo", ID, Set.of("bar")::contains)).isEqualTo("foo");
  }

  @Test
  void aClashGetsTheDocumentsId() {
    assertThat(ReplyNames.stem("foo", ID, Set.of("foo")::contains)).isEqualTo("foo~0a8f2b11");
    assertThat(ReplyNames.stem("foo", ID, Set.of("foo", "foo~0a8f2b11")::contains))
        .isEqualTo("foo~" + ID);
  }

  @Test
  void namesThatBecomeEqualAreAClash() {
    assertThat(ReplyNames.stem("a:b", ID, Set.of("a_b")::contains)).isEqualTo("a_b~0a8f2b11");
  }

  @Test
  void aShortIdIsTakenWhole() {
    assertThat(ReplyNames.stem("foo", "../17", Set.of("foo")::contains)).isEqualTo("foo~17");
  }
}
