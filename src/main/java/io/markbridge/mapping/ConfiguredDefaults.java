package io.markbridge.mapping;

import io.markbridge.settings.Settings;
import java.util.Optional;
import java.util.stream.Stream;

/** What the site has set for a line, a folder, a group or an account: the nearest wins. */
public record ConfiguredDefaults(Settings settings) implements SiteDefaults {

  @Override
  public Optional<SiteValue> find(
      String setting, String line, String folder, String productGroup, String account) {
    Optional<String> key =
        key("lines", line, setting)
            .or(() -> settings.keyOfFolder(folder, setting))
            .or(() -> key("groups", productGroup, setting))
            .or(() -> key("accounts", account, setting));
    if (key.isPresent()) {
      return key.flatMap(settings::text)
          .map(value -> new SiteValue(value, "markbridge." + key.get()));
    }
    // What is set for the whole site comes last: a question about line and folder alone must not
    // find it.
    if (productGroup.isEmpty() && account.isEmpty()) {
      return Optional.empty();
    }
    return settings.text(setting).map(value -> new SiteValue(value, "markbridge." + setting));
  }

  private Optional<String> key(String places, String place, String setting) {
    return place.isEmpty()
        ? Optional.empty()
        : Stream.of(place, "\"" + place + "\"")
            .map(
                name ->
                    (places.equals("accounts") ? Settings.place(name) : places + "." + name + ".")
                        + setting)
            .filter(key -> settings.text(key).isPresent())
            .findFirst();
  }
}
