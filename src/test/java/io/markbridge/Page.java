package io.markbridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A page of the documentation.
 *
 * @param text all of it
 * @param headings the level of each heading
 * @param anchors what a link into this page may name, as GitHub makes it of a heading
 * @param tableRows how many rows all its tables have
 * @param blocks the lines of each block of code, fenced or indented, without empty ones
 */
record Page(
    Path file,
    String text,
    List<Integer> headings,
    Set<String> anchors,
    int tableRows,
    List<List<String>> blocks) {

  static Page read(Path file) throws IOException {
    List<Integer> headings = new ArrayList<>();
    Set<String> anchors = new TreeSet<>();
    List<List<String>> blocks = new ArrayList<>();
    int tableRows = 0;
    boolean fenced = false;
    boolean paragraph = false;
    List<String> block = null;
    for (String line : Files.readAllLines(file)) {
      if (line.strip().startsWith("```")) {
        fenced = !fenced;
        block = null;
      } else if (line.isBlank()) {
        paragraph = false;
      } else if (fenced || (line.startsWith("    ") && !paragraph)) {
        if (block == null) {
          block = new ArrayList<>();
          blocks.add(block);
        }
        block.add(line.stripTrailing());
      } else {
        block = null;
        paragraph = true;
        if (line.startsWith("#")) {
          String title = line.replaceFirst("^#+ ", "");
          headings.add(line.length() - title.length() - 1);
          anchors.add(anchor(title));
        }
        tableRows += line.startsWith("|") ? 1 : 0;
      }
    }
    return new Page(file, Files.readString(file), headings, anchors, tableRows, blocks);
  }

  private static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
  }

  boolean isRussian() {
    return name().endsWith(".ru.md");
  }

  /** Where the same page is in Russian, there or not. */
  Path inRussian() {
    return file.resolveSibling(name().replaceFirst("\\.md$", ".ru.md"));
  }

  /** The file that a link names; this page where it names none. */
  Path resolve(String link) {
    return link.isEmpty() ? file : file.resolveSibling(link).normalize();
  }

  String name() {
    return file.getFileName().toString();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
