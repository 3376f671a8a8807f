package io.markbridge.procedure;

import io.markbridge.mapping.FieldNote;
import java.util.List;
import java.util.stream.Collectors;

/** Tells on the timeline what happened to the fields of a document. */
final class FieldNotes {
  private FieldNotes() {}

  static String told(List<FieldNote> notes) {
    return notes.stream().map(FieldNotes::told).collect(Collectors.joining("; "));
  }

  private static String told(FieldNote note) {
    String path =
        note.from().isEmpty() || note.from().equals(note.to())
            ? note.to()
            : note.to().isEmpty() ? note.from() : note.from() + " to " + note.to();
    String source =
        note.source().isEmpty() || note.source().equals("payload") ? "" : " from " + note.source();
    return note.row()
        + " "
        + path
        + " "
        + note.action()
        + source
        + (note.count() > 1 ? " (" + note.count() + ")" : "");
  }
}
