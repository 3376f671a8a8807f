package io.markbridge.mapping;

import io.markbridge.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the site has set for a line, a folder, a group or an account: the nearest wins. */
public record ConfiguredDefaults(Settings settings) implements SiteDefaults {

  @Override
  public Optional<SiteValue> find(
      String setting, String line, String folder, String productGroup, String account) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("lines", line);
    places.put("folders", folder);
    places.put("groups", productGroup);
    places.put("accounts", account);
    for (Map.Entry<String, String> place : places.entrySet()) {
      if (place.getValue().isEmpty()) {
        continue;
      }
      for (String name : new String[] {place.getValue(), "\"" + place.getValue() + "\""}) {
        String key =
            (place.getKey().equals("accounts")
                    ? Settings.place(name)
                    : place.getKey() + "." + name + ".")
                + setting;
        Optional<String> value = settings.text(key);
        if (value.isPresent()) {
          return Optional.of(new SiteValue(value.get(), "markbridge." + key));
        }
      }
    }
    // What is set for the whole site comes last: a question about line and folder alone must not
    // find it.
    if (productGroup.isEmpty() && account.isEmpty()) {
      return Optional.empty();
    }
    return settings.text(setting).map(value -> new SiteValue(value, "markbridge." + setting));
  }
}
