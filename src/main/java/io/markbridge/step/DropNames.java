package io.markbridge.step;

import io.markbridge.legacy.InboxPath;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file is called in the journal, and where its replies and its original go: in the four
 * folders, which mirror each other.
 */
final class DropNames {
  private final String within;
  private final InboxPath.Known known;

  /**
   * @param within folders of the inbox that the whole drop stands for, such as {@code
   *     north/pharma}; or empty. The journal knows them, the drop does not.
   */
  DropNames(Settings settings, OperatorPreset preset, LegacyApi api, String within) {
    this.within = within.isEmpty() ? "" : within + "/";
    this.known = new InboxPath.Known(settings.accounts(), groups(settings, preset), api.kinds());
  }

  /** All that the bridge knows, of this operator and of those beside it. */
  static Set<String> groups(Settings settings, OperatorPreset preset) {
    Set<String> groups = new TreeSet<>(settings.groups());
    // A folder of an operator's name is not an account.
    preset.all().forEach(operator -> groups.addAll(operator.list("mapping/known-groups")));
    return groups;
  }

  /**
   * What a file is; empty where it is no document.
   *
   * @param relative below the drop's inbox, with {@code /}
   */
  Optional<InboxPath> read(String relative) {
    // A path that leaves its folder must not become harmless by what stands before it.
    return InboxPath.read(relative, known) instanceof InboxPath.Reading.Document
            && InboxPath.read(within + relative, known)
                instanceof InboxPath.Reading.Document document
        ? Optional.of(document.path())
        : Optional.empty();
  }

  /** What the journal calls a file. */
  String sourcePath(String relative) {
    return within + relative;
  }

  /** Where a file of the journal came from. */
  Place inbox(String sourcePath) {
    return new Place(Folder.INBOX, outside(sourcePath));
  }

  /** Where a reply goes. */
  Place reply(String replyName, String suffix) {
    return new Place(Folder.REPLIES, InboxPath.mirroredName(outside(replyName), suffix));
  }

  /**
   * Where the original goes when it is accepted, with the name of its replies, so that nothing is
   * overwritten.
   */
  Place done(String replyName, String sourcePath) {
    return new Place(Folder.DONE, InboxPath.mirroredName(outside(replyName), ending(sourcePath)));
  }

  /** Where the original goes when it is refused. */
  Place failed(String replyName, String sourcePath) {
    return new Place(Folder.FAILED, done(replyName, sourcePath).path());
  }

  private String outside(String name) {
    return name.startsWith(within) ? name.substring(within.length()) : name;
  }

  private static String ending(String sourcePath) {
    return sourcePath.toLowerCase(Locale.ROOT).endsWith(".http") ? ".http" : ".json";
  }
}
