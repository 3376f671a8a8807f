package io.markbridge.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of one level of a document, in the order of the table. */
record MappingLevel(List<FieldRule> rules, Set<String> knownNames) {

  static MappingLevel of(List<FieldRule> rules) {
    Set<String> names = new HashSet<>();
    for (FieldRule rule : rules) {
      names.addAll(rule.from());
    }
    return new MappingLevel(List.copyOf(rules), Set.copyOf(names));
  }
}
