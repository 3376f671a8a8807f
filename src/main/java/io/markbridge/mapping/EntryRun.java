package io.markbridge.mapping;

import io.markbridge.mapping.Mapper.AcceptedCodes;
import java.util.ArrayList;
import java.util.List;

/** What is collected while one entry of the streamed array, or the document, is rewritten. */
final class EntryRun {
  private final Problems problems;
  private final Notes notes;
  private final AcceptedCodes accepted;
  private final Problems whereSent = new Problems();
  private final List<MarkingCode> codes = new ArrayList<>();
  private final List<String> arrays = new ArrayList<>();
  private final List<Long> indexes = new ArrayList<>();
  private MarkingCode unit;
  private long leftOut;

  EntryRun(Problems problems, Notes notes, AcceptedCodes accepted) {
    this.problems = problems;
    this.notes = notes;
    this.accepted = accepted;
  }

  Problems problems() {
    return problems;
  }

  /** Problems that keep a document from being sent, and none that is only answered. */
  Problems whereSent() {
    return whereSent;
  }

  Notes notes() {
    return notes;
  }

  AcceptedCodes accepted() {
    return accepted;
  }

  /** Codes of goods and nested units, in order. */
  List<MarkingCode> codes() {
    return codes;
  }

  /** The path of a code, by its place in {@link #codes()}. */
  String place(int code) {
    long index = indexes.get(code);
    return index < 0 ? arrays.get(code) : arrays.get(code) + "[" + index + "]";
  }

  /** The place is put together only when a problem tells it: there are millions of codes. */
  void addCode(MarkingCode code, String array, long index) {
    codes.add(code);
    arrays.add(array);
    indexes.add(index);
  }

  /** The packing unit that the entry is, or null. */
  MarkingCode unit() {
    return unit;
  }

  void unit(MarkingCode unit) {
    this.unit = unit;
  }

  /** How many codes were left out because they are accepted already. */
  long leftOut() {
    return leftOut;
  }

  void leaveOut() {
    leftOut++;
  }
}
