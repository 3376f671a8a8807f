package io.markbridge.mapping;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads a legacy value and gives what the new API takes. A mapping table names it as {@code type}.
 */
@FunctionalInterface
interface FieldType {

  /**
   * @param at path of the value
   * @return null where nothing is to be sent
   * @throws FieldProblem when the value cannot be read
   */
  Value convert(Value value, String at, FieldContext context) throws FieldProblem;

  /** Types by name; the lists are open to new types, rules never change for them. */
  Map<String, FieldType> NAMED = named();

  private static Map<String, FieldType> named() {
    Map<String, FieldType> types = new HashMap<>();
    types.putAll(ScalarTypes.all());
    types.putAll(TableTypes.all());
    types.putAll(CodeTypes.all());
    // Walked by LevelRewriter, which knows the rows of the entries.
    types.put("objects", (value, at, context) -> value);
    return Map.copyOf(types);
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  static FieldType named(String name) {
    FieldType type = NAMED.get(name);
    if (type == null) {
      throw new IllegalArgumentException("there is no type named " + name);
    }
    return type;
  }
}
