package io.markbridge.step;

import io.markbridge.legacy.InboxPath;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders that the legacy side sees: inbox, replies, done and failed, which mirror each other.
 */
public final class Inbox {
  private final Path inbox;
  private final Path replies;
  private final Path done;
  private final Path failed;
  private final InboxPath.Known known;

  Inbox(Settings settings, OperatorPreset preset, LegacyApi api) {
    this.inbox = settings.folder("inbox").toAbsolutePath().normalize();
    this.replies = settings.folder("replies").toAbsolutePath().normalize();
    this.done = settings.folder("done").toAbsolutePath().normalize();
    this.failed = settings.folder("failed").toAbsolutePath().normalize();
    Set<String> groups = new TreeSet<>(preset.list("mapping/known-groups"));
    groups.addAll(settings.groups());
    // A folder of an operator's name is not an account.
    preset.all().forEach(operator -> groups.addAll(operator.list("mapping/known-groups")));
    this.known = new InboxPath.Known(settings.accounts(), groups, api.kinds());
  }

  /** A file's path below the inbox, with {@code /}. */
  String relative(Path file) {
    return inbox
        .relativize(file.toAbsolutePath().normalize())
        .toString()
        .replace(File.separatorChar, '/');
  }

  Path file(String relative) {
    return inbox.resolve(relative);
  }

  Optional<InboxPath> read(String relative) {
    return InboxPath.read(relative, known) instanceof InboxPath.Reading.Document document
        ? Optional.of(document.path())
        : Optional.empty();
  }

  /** Where a reply goes. */
  Path reply(String replyName, String suffix) {
    return InboxPath.mirrored(replies, replyName, suffix);
  }

  /**
   * Where the original goes when it is accepted, with the name of its replies, so that nothing is
   * overwritten.
   */
  Path done(String replyName, String sourcePath) {
    return InboxPath.mirrored(done, replyName, ending(sourcePath));
  }

  /** Where the original goes when it is refused. */
  Path failed(String replyName, String sourcePath) {
    return InboxPath.mirrored(failed, replyName, ending(sourcePath));
  }

  private static String ending(String sourcePath) {
    return sourcePath.toLowerCase(Locale.ROOT).endsWith(".http") ? ".http" : ".json";
  }
}
