package io.markbridge.cli;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: a title line and rows, columns two spaces apart. */
public final class Table {
  private record Cell(String text, Tone tone) {
    int width() {
      return text.codePointCount(0, text.length());
    }
  }

  private final List<Cell> titles = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A table of left columns. */
  public static Table of(String... titles) {
    Table table = new Table();
    for (String title : titles) {
      table.left(title);
    }
    return table;
  }

  /** A whole row. */
  public Table row(String... cells) {
    row();
    for (String cell : cells) {
      cell(cell);
    }
    return this;
  }

  /** A column whose cells begin under its title. */
  public Table left(String title) {
    titles.add(new Cell(title, Tone.TITLE));
    right.add(false);
    return this;
  }

  /** A column of numbers. */
  public Table right(String title) {
    titles.add(new Cell(title, Tone.TITLE));
    right.add(true);
    return this;
  }

  /** Begins a row. */
  public Table row() {
    rows.add(new ArrayList<>());
    return this;
  }

  /** The next cell of the row. */
  public Table cell(String text) {
    return cell(text, Tone.PLAIN);
  }

  public Table cell(String text, Tone tone) {
    List<Cell> row = rows.get(rows.size() - 1);
    if (row.size() == titles.size()) {
      throw new IllegalStateException("a row has more cells than the table has columns");
    }
    row.add(new Cell(Printable.line(text), tone));
    return this;
  }

  List<String> lines(Console console) {
    List<List<Cell>> all = new ArrayList<>();
    all.add(titles);
    all.addAll(rows);
    int[] widths = new int[titles.size()];
    for (List<Cell> row : all) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).width());
      }
    }
    return all.stream().map(row -> line(console, row, widths)).toList();
  }

  private String line(Console console, List<Cell> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      Cell cell = row.get(column);
      String space = " ".repeat(widths[column] - cell.width());
      String text = console.toned(cell.tone(), cell.text());
      boolean last = column == row.size() - 1;
      line.append(right.get(column) ? space + text : text + (last ? "" : space));
      line.append(last ? "" : "  ");
    }
    return line.toString().stripTrailing();
  }
}
