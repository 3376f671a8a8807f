package io.markbridge.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Somewhere a field can come from (design decision 9). A mapping table lists them by name. */
interface ValueSource {

  /**
   * @param code the code that the field is wanted for, where it is asked code by code
   */
  Outcome find(FieldContext context, Optional<MarkingCode> code);

  /** The place that a person can put the value into, or empty where that helps nobody. */
  default String where(FieldRule rule) {
    return "";
  }

  /** Sources by name; the lists are open to new sources, rules never change for them. */
  Map<String, ValueSource> NAMED = named();

  private static Map<String, ValueSource> named() {
    Map<String, ValueSource> sources = new HashMap<>();
    sources.putAll(DocumentSources.all());
    sources.putAll(SiteSources.all());
    sources.putAll(OrderSources.all());
    return Map.copyOf(sources);
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  static ValueSource named(String name) {
    ValueSource source = NAMED.get(name);
    if (source == null) {
      throw new IllegalArgumentException("there is no source named " + name);
    }
    return source;
  }

  /** A source that tells where to put its value. */
  static ValueSource of(Finder finder, java.util.function.Function<FieldRule, String> where) {
    return new ValueSource() {
      @Override
      public Outcome find(FieldContext context, Optional<MarkingCode> code) {
        return finder.find(context, code);
      }

      @Override
      public String where(FieldRule rule) {
        return where.apply(rule);
      }
    };
  }

  /** The finding half of a source. */
  @FunctionalInterface
  interface Finder {
    Outcome find(FieldContext context, Optional<MarkingCode> code);
  }
}
