package io.markbridge.mapping;

import java.util.Optional;

/**
 * What a site has set for a line, a folder, a group or an account, in this order (design decision
 * 9).
 */
public interface SiteDefaults {

  /**
   * @param setting the key's last part, such as {@code business-place-id}
   * @param line legacy {@code productionLineId}, or empty; an empty line, folder, group or account
   *     is not asked at all (places are asked near first, and far only after the order)
   * @return value and the configuration key that said it
   */
  Optional<SiteValue> find(
      String setting, String line, String folder, String productGroup, String account);

  /**
   * A value and where it came from, such as {@code markbridge.groups.tobacco.business-place-id}.
   */
  record SiteValue(String value, String key) {}

  SiteDefaults NONE = (setting, line, folder, productGroup, account) -> Optional.empty();
}
