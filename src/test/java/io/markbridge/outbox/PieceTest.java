package io.markbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Pieces of a text as databases cut it, which need not know what Java calls a character. */
class PieceTest {
  @Test
  void anEmojiDoesNotMakeAPieceTheLastOne() {
    assertThat(Piece.text("Пиво🍺", 6, OutboxDatabase.ORACLE).last()).isFalse();
    assertThat(Piece.text("Пиво🍺", 6, OutboxDatabase.MSSQL).last()).isFalse();
    assertThat(Piece.text("Пиво🍺", 5, OutboxDatabase.POSTGRESQL).last()).isFalse();
    assertThat(Piece.text("Пиво🍺", 6, OutboxDatabase.MARIADB).last()).isTrue();
    assertThat(Piece.text("", 6, OutboxDatabase.ORACLE).last()).isTrue();
  }

  @Property
  void whatIsCutInTwoComesWhole(
      @ForAll("texts") String text, @ForAll @IntRange(min = 2, max = 9) int count) {
    assertThat(joined(text, count, OutboxDatabase.ORACLE)).isEqualTo(text);
    assertThat(joined(text, count, OutboxDatabase.MSSQL)).isEqualTo(text);
  }

  /** As {@code RowPayload} asks, of a database that counts as Java does. */
  private static String joined(String text, int count, OutboxDatabase database) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int start = 0;
    Piece piece;
    do {
      String cut = text.substring(start, Math.min(start + count, text.length()));
      piece = Piece.text(cut, count, database);
      all.writeBytes(piece.bytes());
      start += (int) piece.length();
    } while (!piece.last());
    return all.toString(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "П", "€", "🍺", "\uD83D\uDE00")
        .list()
        .ofMaxSize(40)
        .map(characters -> String.join("", characters));
  }
}
