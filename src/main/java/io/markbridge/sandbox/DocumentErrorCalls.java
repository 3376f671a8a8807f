package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Section 11: a document's errors, and the state of each of its codes. */
final class DocumentErrorCalls {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;

  private final OperatorState state;
  private final Work work;

  DocumentErrorCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer errors(Call call) throws RefusedException, IOException {
    int limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
    int begin = call.number("lastIndex", -1, -1, Integer.MAX_VALUE - 1) + 1;
    synchronized (state) {
      state.settle();
      Stored stored = DocumentCalls.visible(state, call);
      ErrorList errors = errors(stored);
      boolean units = stored instanceof Aggregation;
      Map<Integer, String> page = new TreeMap<>();
      for (int index = begin; index < errors.size() && page.size() < limit; index++) {
        String property = errors.property(index, units ? "codes" : "sntins", units);
        if (call.query("propertyName").map(property::startsWith).orElse(true)) {
          page.put(index, property);
        }
      }
      Map<Long, String> values = values(stored, errors, page);
      return Answer.json(work, json -> write(json, errors, page, values));
    }
  }

  private static void write(
      JsonGenerator json, ErrorList errors, Map<Integer, String> page, Map<Long, String> values)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("documentErrors");
    for (Map.Entry<Integer, String> entry : page.entrySet()) {
      int index = entry.getKey();
      json.writeStartObject();
      json.writeStringField("propertyName", entry.getValue());
      json.writeNumberField("index", index);
      json.writeStringField("errorCode", errors.verdict(index).code());
      json.writeObjectFieldStart("errorTags");
      String value = values.get(key(errors.unit(index), errors.place(index)));
      boolean unit = errors.place(index) == ErrorList.WHOLE;
      Ids.optional(json, unit ? "unitSerialNumber" : "code", value == null ? "" : value);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The codes and units that the errors of a page are about, read from the document again. */
  private Map<Long, String> values(Stored stored, ErrorList errors, Map<Integer, String> page)
      throws IOException {
    Map<Long, String> values = new HashMap<>();
    page.keySet().forEach(index -> values.put(key(errors.unit(index), errors.place(index)), ""));
    if (!values.isEmpty()) {
      walk(
          stored,
          (unit, place, code) -> values.computeIfPresent(key(unit, place), (key, old) -> code));
    }
    return values;
  }

  private static long key(int unit, int place) {
    return ((long) unit << 32) | place;
  }

  Answer codes(Call call) throws RefusedException, IOException {
    int limit = call.number("limit", PAGE, 1, LARGEST_PAGE);
    int begin = call.number("lastIndex", -1, -1, Integer.MAX_VALUE - 1) + 1;
    synchronized (state) {
      state.settle();
      Stored stored = DocumentCalls.visible(state, call);
      boolean wrapped = work.switches().is(SwitchName.DOCUMENT_CODES, "wrapped");
      return Answer.json(
          work,
          json -> {
            if (wrapped) {
              json.writeStartObject();
              json.writeFieldName("codes");
            }
            json.writeStartArray();
            writeCodes(json, stored, begin, limit);
            json.writeEndArray();
            if (wrapped) {
              json.writeEndObject();
            }
          });
    }
  }

  private void writeCodes(JsonGenerator json, Stored stored, int begin, int limit)
      throws IOException {
    ErrorList errors = errors(stored);
    boolean whole = stored instanceof Report && errors.size() > 0;
    int[] counter = {0};
    walk(
        stored,
        (unit, place, code) -> {
          if (place == ErrorList.WHOLE) {
            return;
          }
          int index = counter[0]++;
          if (index < begin || index >= begin + limit) {
            return;
          }
          CodeVerdict verdict = errors.on(unit, place);
          json.writeStartObject();
          json.writeNumberField("index", index);
          json.writeStringField("code", code);
          json.writeStringField(
              "state", verdict == CodeVerdict.FINE && !whole ? "SUCCESS" : "ERROR");
          if (verdict != CodeVerdict.FINE) {
            json.writeStringField("errorCode", verdict.code());
          } else if (whole) {
            json.writeStringField("errorCode", "report-processed-as-a-whole");
          }
          json.writeEndObject();
        });
  }

  private static ErrorList errors(Stored stored) {
    if (stored instanceof Report report) {
      return report.errors();
    }
    return stored instanceof Aggregation aggregation ? aggregation.errors() : new ErrorList();
  }

  /** Codes of a document; a unit comes as place {@link ErrorList#WHOLE}. */
  private void walk(Stored stored, BodyCodes.CodeVisitor visitor) throws IOException {
    if (stored instanceof Report) {
      BodyCodes.report(work, stored.id(), visitor);
    } else if (stored instanceof Aggregation) {
      BodyCodes.aggregation(
          work,
          stored.id(),
          new BodyCodes.UnitVisitor() {
            @Override
            public void code(int unit, int place, String code) throws IOException {
              visitor.code(unit, place, code);
            }

            @Override
            public void unitEnds(int unit, String unitSerialNumber) throws IOException {
              visitor.code(unit, ErrorList.WHOLE, unitSerialNumber);
            }
          });
    }
  }
}
