package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** Walks through the codes of a stored body, one at a time. The body was checked when it came. */
final class BodyCodes {
  private static final JsonFactory JSON = new JsonFactory();

  /** Sees one code; units and places count from 0. */
  @FunctionalInterface
  interface CodeVisitor {
    void code(int unit, int place, String code) throws IOException;
  }

  /** Sees the units of an aggregation too. */
  interface UnitVisitor extends CodeVisitor {
    void unitEnds(int unit, String unitSerialNumber) throws IOException;
  }

  private BodyCodes() {}

  /** Every code of a utilisation report, as unit 0. */
  static void report(Work work, String id, CodeVisitor visitor) throws IOException {
    try (JsonParser parser = open(work, id)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean codes = parser.currentName().equals("sntins");
        parser.nextToken();
        if (codes) {
          codes(parser, 0, visitor);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** Every unit of an aggregation document: its codes, then its own number. */
  static void aggregation(Work work, String id, UnitVisitor visitor) throws IOException {
    try (JsonParser parser = open(work, id)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean units = parser.currentName().equals("aggregationUnits");
        parser.nextToken();
        if (units) {
          for (int unit = 0; parser.nextToken() != JsonToken.END_ARRAY; unit++) {
            unit(parser, unit, visitor);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static void unit(JsonParser parser, int unit, UnitVisitor visitor) throws IOException {
    String serial = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("codes")) {
        codes(parser, unit, visitor);
      } else if (name.equals("unitSerialNumber")) {
        serial = parser.getText();
      }
    }
    visitor.unitEnds(unit, serial);
  }

  private static void codes(JsonParser parser, int unit, CodeVisitor visitor) throws IOException {
    for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
      visitor.code(unit, place, parser.getText());
    }
  }

  private static JsonParser open(Work work, String id) throws IOException {
    InputStream file = Files.newInputStream(work.bodyOf(id));
    return JSON.createParser(new BufferedInputStream(file, 64 * 1024));
  }
}
