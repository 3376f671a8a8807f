package io.markbridge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Section 12: what became of codes. */
final class CodeStateCalls {
  private static final int MOST = 1000;

  /** One code as it is known: its owner, status, and the documents that touched it. */
  private record Known(
      String asked,
      CodeShape shape,
      String owner,
      String gtin,
      boolean unit,
      int applied,
      int packed) {}

  private final OperatorState state;
  private final Work work;

  CodeStateCalls(OperatorState state) {
    this.state = state;
    this.work = state.work();
  }

  Answer publicCodes(Call call) throws RefusedException, IOException {
    List<String> asked = asked(call);
    synchronized (state) {
      state.settle();
      return Answer.json(
          work,
          json -> {
            json.writeStartArray();
            for (String code : asked) {
              Optional<Known> known = known(code);
              if (known.isPresent()) {
                write(json, known.get(), false);
              }
            }
            json.writeEndArray();
          });
    }
  }

  Answer privateCodes(Call call) throws RefusedException, IOException {
    List<String> asked = asked(call);
    synchronized (state) {
      state.settle();
      List<Known> own = new ArrayList<>();
      List<String> forbidden = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (String code : asked) {
        Optional<Known> known = known(code);
        if (known.isEmpty()) {
          missing.add(code);
        } else if (known.get().owner().equals(call.account())) {
          own.add(known.get());
        } else {
          forbidden.add(code);
        }
      }
      if (forbidden.size() == asked.size()) {
        return Answer.text(307, "", "").with("Location", "/public/api/cod/public/codes");
      }
      return Answer.json(
          work,
          json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("results");
            for (Known known : own) {
              write(json, known, true);
            }
            json.writeEndArray();
            strings(json, "forbiddenCodes", forbidden);
            strings(json, "missingCodes", missing);
            json.writeEndObject();
          });
    }
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static List<String> asked(Call call) throws RefusedException, IOException {
    JsonNode codes = call.tree().path("codes");
    if (!codes.isArray() || codes.isEmpty() || codes.size() > MOST) {
      throw RefusedException.invalid("codes", "1 to " + MOST);
    }
    List<String> asked = new ArrayList<>();
    for (JsonNode code : codes) {
      if (!code.isTextual()) {
        throw RefusedException.invalid("codes", "not a string");
      }
      asked.add(code.textValue());
    }
    return asked;
  }

  private Optional<Known> known(String code) {
    CodeShape shape = CodeShape.of(code);
    long hash = LongHash.of(shape.identity());
    int applied = state.codes().appliedBy(hash);
    int packed = state.codes().packedBy(hash);
    String gtin = shape.readings().isEmpty() ? "" : shape.readings().get(0).gtin();
    Optional<IssuedCodes.Issued> issued = state.issued().find(code, shape);
    if (issued.isPresent()) {
      String owner = issued.get().subOrder().order().account();
      return Optional.of(new Known(code, shape, owner, gtin, applied < 0, applied, packed));
    }
    if (applied == 0 && packed == 0) {
      return Optional.empty();
    }
    String owner = state.number(applied != 0 ? applied : packed).account();
    return Optional.of(new Known(code, shape, owner, gtin, applied < 0, applied, packed));
  }

  private void write(JsonGenerator json, Known known, boolean withFamily) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", known.asked());
    json.writeStringField("packageType", known.unit() ? "BOX_LV_1" : "UNIT");
    boolean applied = known.applied() != 0 || known.packed() != 0;
    json.writeStringField("status", applied ? "APPLIED" : "RECEIVED");
    Ids.optional(json, "gtin", known.gtin());
    if (withFamily) {
      if (known.packed() != 0) {
        Ids.optional(json, "parent", parent(known));
      }
      strings(json, "children", known.unit() ? children(known) : List.of());
    }
    json.writeEndObject();
  }

  /** The unit that holds the code, read from the document that packed it. */
  private String parent(Known known) throws IOException {
    String[] parent = {""};
    boolean[] inside = {false};
    walk(
        known.packed(),
        code -> inside[0] = inside[0] || CodeShape.of(code).identity().equals(identity(known)),
        unit -> {
          parent[0] = inside[0] ? unit : parent[0];
          inside[0] = false;
        });
    return parent[0];
  }

  private List<String> children(Known known) throws IOException {
    List<String> children = new ArrayList<>();
    List<String> ofUnit = new ArrayList<>();
    walk(
        known.applied(),
        ofUnit::add,
        unit -> {
          if (unit.equals(known.asked())) {
            children.addAll(ofUnit);
          }
          ofUnit.clear();
        });
    return children;
  }

  private static String identity(Known known) {
    return known.shape().identity();
  }

  private void walk(int document, Consumer<String> code, Consumer<String> unitEnd)
      throws IOException {
    BodyCodes.aggregation(
        work,
        state.number(document).id(),
        new BodyCodes.UnitVisitor() {
          @Override
          public void code(int unit, int place, String text) {
            code.accept(text);
          }

          @Override
          public void unitEnds(int unit, String unitSerialNumber) {
            unitEnd.accept(unitSerialNumber);
          }
        });
  }
}
