package io.markbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each page for operators exists in English and Russian, shaped alike and with the same commands;
 * every link leads somewhere, and from a Russian page to a Russian one where there is one.
 */
class PagesTest {
  /** Made from the program, or for those who test and audit it. A new page is Russian too. */
  private static final Set<String> ENGLISH_ONLY =
      Set.of("change-table.md", "configuration.md", "guarantees.md", "metrics.md", "sandbox.md");

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)#:]*)(?:#([^)]+))?\\)");
  private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");

  static Stream<Page> english() throws IOException {
    return pages().filter(page -> !page.isRussian() && !ENGLISH_ONLY.contains(page.name()));
  }

  static Stream<Page> pages() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("README.ru.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    List<Page> read = new ArrayList<>();
    for (Path file : files) {
      read.add(Page.read(file));
    }
    return read.stream();
  }

  @ParameterizedTest
  @MethodSource("english")
  void aRussianPageIsShapedLikeTheEnglishOne(Page english) throws IOException {
    Page russian = Page.read(english.inRussian());
    assertThat(russian.headings()).as("levels of headings").isEqualTo(english.headings());
    assertThat(russian.tableRows()).as("rows of tables").isEqualTo(english.tableRows());
    assertThat(english.text()).contains("[По-русски](" + russian.name() + ")");
    assertThat(russian.text()).contains("[In English](" + english.name() + ")");
  }

  @ParameterizedTest
  @MethodSource("english")
  void aRussianPageShowsTheSameCode(Page english) throws IOException {
    List<List<String>> blocks = Page.read(english.inRussian()).blocks();
    assertThat(blocks).as("blocks of code").hasSameSizeAs(english.blocks());
    for (int i = 0; i < blocks.size(); i++) {
      List<String> expected = english.blocks().get(i);
      List<String> block = blocks.get(i);
      assertThat(block).as("block %s", expected).hasSameSizeAs(expected);
      for (int line = 0; line < block.size(); line++) {
        assertSameCode(block.get(line), expected.get(line));
      }
    }
  }

  /** Comments, placeholders and sentences are translated: equal up to the first Russian letter. */
  private static void assertSameCode(String russian, String english) {
    Matcher words = CYRILLIC.matcher(russian);
    if (words.find()) {
      assertThat(english).startsWith(russian.substring(0, words.start()));
    } else {
      assertThat(russian).isEqualTo(english);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Page page) throws IOException {
    Set<String> wrong = new TreeSet<>();
    Matcher link = LINK.matcher(page.text());
    while (link.find()) {
      Path target = page.resolve(link.group(2));
      if (!Files.exists(target)) {
        wrong.add(link.group() + ": no such file");
      } else if (target.toString().endsWith(".md")) {
        Page other = Page.read(target);
        if (link.group(3) != null && !other.anchors().contains(link.group(3))) {
          wrong.add(link.group() + ": no such heading");
        }
        if (page.isRussian()
            && !link.group(1).equals("In English")
            && !other.isRussian()
            && Files.exists(other.inRussian())) {
          wrong.add(link.group() + ": there is a Russian page");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
