package io.markbridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.markbridge.mapping.ChangeTable;
import io.markbridge.mapping.FieldNote;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What happened to each field, as an aligned table with the rows of the change table below it, or
 * as JSON.
 */
final class ExplainText {
  private static final List<String> TITLES =
      List.of("row", "legacy field", "new field", "what happened", "source", "times");

  private final List<FieldNote> notes;
  private final List<ChangeTable.Row> rows;
  private final Locale language;

  /**
   * @param table tells, below the fields, what the bridge does for each of their rows
   */
  ExplainText(List<FieldNote> notes, ChangeTable table, Locale language) {
    this.notes = notes;
    this.rows =
        table.rows().stream()
            .filter(row -> notes.stream().anyMatch(note -> note.row().equals(row.id())))
            .toList();
    this.language = language;
  }

  void write(PrintStream output, boolean json) throws IOException {
    if (json) {
      writeJson(output);
    } else {
      writeTable(output);
    }
  }

  private void writeTable(PrintStream output) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    for (FieldNote note : notes) {
      lines.add(
          List.of(
              shown(note.row()),
              shown(note.from()),
              shown(note.to()),
              note.action(),
              shown(note.source()),
              String.valueOf(note.count())));
    }
    int[] widths = new int[TITLES.size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = line.get(column);
        text.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      output.print(text.toString().stripTrailing() + "\n");
    }
    output.print("\n");
    rows.forEach(row -> output.print(row.id() + ": " + row.sentence(language) + "\n"));
  }

  private static String shown(String cell) {
    return cell.isEmpty() ? "-" : cell;
  }

  private void writeJson(PrintStream output) throws IOException {
    JsonGenerator generator = new JsonFactory().createGenerator(output);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.writeStartArray();
    for (FieldNote note : notes) {
      generator.writeStartObject();
      generator.writeStringField("row", note.row());
      generator.writeStringField("from", note.from());
      generator.writeStringField("to", note.to());
      generator.writeStringField("action", note.action());
      generator.writeStringField("source", note.source());
      generator.writeNumberField("count", note.count());
      generator.writeEndObject();
    }
    generator.writeEndArray();
    generator.close();
    output.print("\n");
  }
}
