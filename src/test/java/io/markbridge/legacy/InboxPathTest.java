package io.markbridge.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.markbridge.legacy.InboxPath.Form;
import io.markbridge.legacy.InboxPath.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxPathTest {
  private static final InboxPath.Known KNOWN =
      new InboxPath.Known(
          List.of("north", "south", "water"),
          List.of("tobacco", "pharma", "water"),
          Fixtures.api().kinds());
  private static final Path ROOT = Path.of("replies").toAbsolutePath();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "pharma/a.json, -, pharma, -, pharma, a, JSON",
        "pharma/order/a.json, -, pharma, order, pharma/order, a, JSON",
        "north/pharma/a.http, north, pharma, -, north/pharma, a, HTTP",
        "north/pharma/codes-retry/a.b.json, north, pharma, codes-retry, north/pharma/codes-retry, a.b, JSON",
        "PHARMA/Order/A.JSON, -, pharma, order, PHARMA/Order, A, JSON",
        "pharma/line-3/order/a.json, -, pharma, order, pharma/line-3/order, a, JSON",
        "water/a.json, -, water, -, water, a, JSON",
        "water/pharma/a.json, water, pharma, -, water/pharma, a, JSON",
        "water/water/a.json, water, water, -, water/water, a, JSON",
        "a.json, -, -, -, '', a, JSON",
        "nobody/pharma/a.json, -, -, -, nobody/pharma, a, JSON",
        "newgroup/a.json, -, newgroup, -, newgroup, a, JSON",
        "order/a.json, -, -, order, order, a, JSON",
        "north/a.json, north, -, -, north, a, JSON",
      })
  void readsPlaces(
      String path,
      String account,
      String group,
      String kind,
      String folder,
      String name,
      Form form) {
    assertThat(document(path))
        .isEqualTo(
            new InboxPath(
                Optional.ofNullable(account),
                Optional.ofNullable(group),
                Optional.ofNullable(kind),
                folder,
                name,
                form));
  }

  @Test
  void knowsTheSideFile() {
    assertThat(document("north/pharma/a.http").sideFile()).isEqualTo("north/pharma/a.meta.json");
    assertThat(document("a.json").sideFile()).isEqualTo("a.meta.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pharma/.a.json",
        "pharma/.sync/a.json",
        "pharma/a.json.tmp",
        "pharma/a.part",
        "pharma/a.json.filepart",
        "pharma/a.done",
        "pharma/a.json.done",
        "pharma/a.meta.json",
        "pharma/a.META.JSON",
        "pharma/a.xml",
        "pharma/a",
        "pharma/.json",
        ".meta.json"
      })
  void ignores(String path) {
    assertThat(InboxPath.read(path, KNOWN)).isInstanceOf(Reading.Ignored.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.json",
        "pharma/../../a.json",
        "/etc/a.json",
        "C:/a.json",
        "pharma//a.json",
        "./a.json",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r.json",
        ""
      })
  void refuses(String path) {
    assertThat(InboxPath.read(path, KNOWN)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void mirrorsTheWholePath() {
    InboxPath path = document("north/pharma/a.json");
    assertThat(path.under(ROOT, "a", ".reply.json"))
        .isEqualTo(ROOT.resolve("north/pharma/a.reply.json"));
    assertThat(document("a.json").under(ROOT, "a~1", ".status.json"))
        .isEqualTo(ROOT.resolve("a~1.status.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "'pharma/a\nb', pharma/a_b",
    "'pharma/a\\..\\..\\b', pharma/a_.._.._b",
    "'\\x', '_x'",
    "c:a, c_a",
    "pharma/con, pharma/_con",
    "pharma/NUL.txt, pharma/_NUL.txt",
    "aux/com1, _aux/_com1",
    "'pharma/a:stream', pharma/a_stream",
    "'pharma/end.', pharma/end._",
    "'pharma/end ', 'pharma/end _'",
    "pharma/..., pharma/_..._",
    "'pharma/a\u202Egnp', pharma/a_gnp",
  })
  void makesNamesHarmless(String relative, String expected) {
    assertThat(InboxPath.mirrored(ROOT, relative, ".reply.json"))
        .isEqualTo(ROOT.resolve(expected + ".reply.json"));
  }

  @Test
  void shortensLongNamesAndKeepsThemApart() {
    String first = SafeName.of("ж".repeat(300) + "1");
    assertThat(first).isNotEqualTo(SafeName.of("ж".repeat(300) + "2")).startsWith("жжж");
    assertThat(first.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(SafeName.MAXIMUM_BYTES);
    assertThat(SafeName.of("отчёт 17")).isEqualTo("отчёт 17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../a",
        "a/../b",
        "a/..",
        "/a",
        "\\\\host\\share",
        "",
        "a//b",
        "./a",
        "C:/a",
        "c:\\a"
      })
  void mirrorsNothingThatEscapes(String relative) {
    assertThatThrownBy(() -> InboxPath.mirrored(ROOT, relative, ".reply.json"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../x", "\\x", ".a\nb", ".reply.json "})
  void mirrorsNoHarmfulSuffix(String suffix) {
    assertThatThrownBy(() -> InboxPath.mirrored(ROOT, "a", suffix))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 2000)
  void neverLeavesTheRoot(@ForAll("paths") String relative) {
    Path mirrored;
    try {
      mirrored = InboxPath.mirrored(ROOT, relative, ".reply.json");
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(mirrored.normalize()).isEqualTo(mirrored).startsWithRaw(ROOT);
    assertThat(mirrored.getNameCount())
        .isEqualTo(ROOT.getNameCount() + relative.split("/", -1).length);
    for (Path segment : ROOT.relativize(mirrored)) {
      assertThat(segment.toString()).isNotEqualTo("..").doesNotContainPattern("[\\p{Cntrl}:\\\\]");
    }
  }

  @Property(tries = 1000)
  void everyDocumentHasAPlaceForItsReplies(@ForAll("paths") String relative) {
    if (InboxPath.read(relative + ".json", KNOWN) instanceof Reading.Document document) {
      InboxPath path = document.path();
      String stem = ReplyNames.stem(path.name(), "0d3f6a52", taken -> false);
      assertThat(path.under(ROOT, stem, ".error.json")).startsWithRaw(ROOT);
    }
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "..",
            ".",
            "...",
            "/",
            "\\",
            "a",
            "CON",
            "nul.json",
            "\u0000",
            "\n",
            "%2e%2e",
            ":",
            "C:",
            "~",
            " ",
            "\uD800",
            "\u202E",
            "pharma",
            "é",
            ".. ",
            "..\\");
    return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static InboxPath document(String path) {
    return ((Reading.Document) InboxPath.read(path, KNOWN)).path();
  }
}
