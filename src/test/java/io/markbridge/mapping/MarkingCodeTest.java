package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.markbridge.mapping.MarkingCode.Kind;
import io.markbridge.mapping.MarkingCode.MalformedCodeException;
import io.markbridge.mapping.MarkingCode.Repair;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkingCodeTest {
  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'()*+,-./_:;=?";
  private static final String GS = "\u001d";

  @Provide
  Arbitrary<String> tails() {
    Arbitrary<String> check = text(4).map(value -> GS + "93" + value);
    Arbitrary<String> signed =
        Combinators.combine(text(4), Arbitraries.of(44, 88).flatMap(MarkingCodeTest::text))
            .as((key, signature) -> GS + "91" + key + GS + "92" + signature);
    Arbitrary<String> price =
        Combinators.combine(digits(6), check).as((value, tail) -> GS + "8005" + value + tail);
    return Arbitraries.oneOf(check, signed, price);
  }

  @Provide
  Arbitrary<String> heads() {
    return Combinators.combine(
            digits(14), Arbitraries.of(6, 7, 13, 20).flatMap(MarkingCodeTest::text))
        .as((gtin, serial) -> "01" + gtin + "21" + serial);
  }

  @Provide
  Arbitrary<String> wellFormed() {
    Arbitrary<String> goods =
        Combinators.combine(heads(), Arbitraries.oneOf(Arbitraries.just(""), tails()))
            .as((head, tail) -> head + tail);
    Arbitrary<String> pack =
        Combinators.combine(digits(14), Arbitraries.of(7, 15).flatMap(MarkingCodeTest::text))
            .as((gtin, rest) -> gtin + rest)
            .filter(code -> !code.startsWith("01") || !code.startsWith("21", 16))
            .filter(code -> !code.matches("\\d+"));
    Arbitrary<String> unit = digits(18).map(number -> "00" + number);
    return Arbitraries.oneOf(goods, pack, unit);
  }

  private static Arbitrary<String> text(int length) {
    return Arbitraries.strings().withChars(ALLOWED).ofLength(length);
  }

  private static Arbitrary<String> digits(int length) {
    return Arbitraries.strings().numeric().ofLength(length);
  }

  @Property
  void wellFormedCodesStayAsTheyAre(@ForAll("wellFormed") String code) throws Exception {
    MarkingCode parsed = MarkingCode.parse(code);
    assertThat(parsed.full()).isEqualTo(code);
    assertThat(parsed.repairs()).isEmpty();
  }

  @Property
  void cuttingTheTailTwiceIsCuttingItOnce(@ForAll("wellFormed") String code) throws Exception {
    String once = MarkingCode.parse(code).withoutTail();
    assertThat(MarkingCode.parse(once).withoutTail()).isEqualTo(once);
    assertThat(code).startsWith(once);
  }

  @Property
  void scannerPrefixesAndWrittenSeparatorsAreRepaired(
      @ForAll("heads") String head,
      @ForAll("tails") String tail,
      @ForAll("prefixes") String prefix,
      @ForAll("separators") String separator)
      throws Exception {
    String code = head + tail;
    assertThat(MarkingCode.parse(prefix + code.replace(GS, separator) + "\r\n").full())
        .isEqualTo(code);
  }

  @Provide
  Arbitrary<String> prefixes() {
    return Arbitraries.of("", "]d2", "]C1", "]Q3", GS, "\u00e8", "]d2" + GS, "\\u001d", " ");
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of(GS, "\\u001d", "\\u001D", "\\x1d", "<GS>", "\u241d", "\u00e8");
  }

  @Property
  void lostSeparatorsComeBackOrTheCodeIsRefusedOrItIsATaillessSerial(
      @ForAll("heads") String head, @ForAll("tails") String tail) {
    String code = head + tail;
    try {
      MarkingCode parsed = MarkingCode.parse(code.replace(GS, ""));
      if (parsed.repairs().contains(Repair.LOST_SEPARATOR)) {
        assertThat(parsed.full()).isEqualTo(code);
      } else {
        // As long as a serial number that plants use: nothing says that it is not one.
        assertThat(parsed.hasTail()).isFalse();
        assertThat(parsed.full().length() - 18).isLessThanOrEqualTo(20);
      }
    } catch (MalformedCodeException exception) {
      assertThat(exception.position()).isBetween(0, code.length());
    }
  }

  @Property
  void aSignedCodeSurvivesTheLossOfAnySeparator(
      @ForAll("heads") String head, @ForAll("signatures") String signature) throws Exception {
    String code = head + GS + "91UZF0" + GS + "92" + signature;
    int first = code.indexOf(GS);
    int second = code.lastIndexOf(GS);
    String withoutFirst = code.substring(0, first) + code.substring(first + 1);
    String withoutSecond = code.substring(0, second) + code.substring(second + 1);
    assertThat(MarkingCode.parse(withoutFirst).full()).isEqualTo(code);
    assertThat(MarkingCode.parse(withoutSecond).full()).isEqualTo(code);
    assertThat(MarkingCode.parse(code.replace(GS, "")).full()).isEqualTo(code);
  }

  @Provide
  Arbitrary<String> signatures() {
    return Arbitraries.oneOf(text(44), text(88));
  }

  @Property
  void anythingElseIsReadOrRefusedAndNeverThrowsOtherwise(@ForAll String text) {
    if (text.isEmpty()) {
      return;
    }
    try {
      MarkingCode code = MarkingCode.parse(text);
      assertThat(code.full()).startsWith(code.withoutTail());
    } catch (MalformedCodeException exception) {
      assertThat(exception.position()).isBetween(0, text.length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0104780012345679215LJ, 0104780012345679215LJ, GOODS",
    "04780012345679abcdefgAAAAbbbb, 04780012345679abcdefg, TOBACCO_PACK",
    "012345678901234567, 00012345678901234567, TRANSPORT_UNIT",
    "00012345678901234567, 00012345678901234567, TRANSPORT_UNIT",
    "group-0123456789-abcdef, group-0123456789-abcdef, OWN_FORM",
  })
  void readsEveryShape(String code, String bare, Kind kind) throws Exception {
    assertThat(MarkingCode.parse(code).withoutTail()).isEqualTo(bare);
    assertThat(MarkingCode.parse(code).kind()).isEqualTo(kind);
  }

  @Test
  void tellsTheGtinAndTheRepairs() throws Exception {
    MarkingCode code = MarkingCode.parse("]d20104780012345679215abcdefghijkl93AbCd");
    assertThat(code.gtin()).isEqualTo(Optional.of("04780012345679"));
    assertThat(Set.copyOf(code.repairs())).isEqualTo(Set.of(Repair.PREFIX, Repair.LOST_SEPARATOR));
    assertThat(code.withoutTail()).isEqualTo("0104780012345679215abcdefghijkl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SNTIN1",
        "01047800123456792",
        "0104780012345679215abcdefghijklm0123456789",
        "01047800123456792100\u001d55abcd",
        "0104780012345679215abc\u0007",
        "код-маркировки-длинный",
        "0104780012345679215abcdefghijkl\u001d92abcd",
        "(01)04780012345679(21)abcdefg"
      })
  void refusesTheRest(String code) {
    MalformedCodeException failure =
        catchThrowableOfType(MalformedCodeException.class, () -> MarkingCode.parse(code));
    assertThat(failure).isNotNull();
    assertThat(failure.position()).isBetween(0, code.length());
  }

  @Test
  void unitSerialsMayBeShortAndOfAnOwnForm() throws Exception {
    assertThat(MarkingCode.parseUnit("1kdu8-k").withoutTail()).isEqualTo("1kdu8-k");
    assertThat(MarkingCode.parseUnit("012345678901234567").withoutTail())
        .isEqualTo("00012345678901234567");
  }
}
