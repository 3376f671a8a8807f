package io.markbridge.cli;

import io.markbridge.document.Document;
import io.markbridge.legacy.InboxPath;
import io.markbridge.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the replies and the original of a document lie. */
final class ReplyFiles {
  private final Workplace workplace;
  private final Settings settings;

  ReplyFiles(Workplace workplace, Settings settings) {
    this.workplace = workplace;
    this.settings = settings;
  }

  /**
   * The replies that are on disk now, in the order of their names; none where they lie elsewhere,
   * such as on an SFTP server.
   */
  List<Path> of(Document document) {
    if (!here(document)) {
      return List.of();
    }
    Path stem = mirrored("replies", document, "");
    List<Path> replies = new ArrayList<>();
    if (!Files.isDirectory(stem.getParent())) {
      return replies;
    }
    String prefix = stem.getFileName() + ".";
    DirectoryStream.Filter<Path> own =
        file -> {
          String name = file.getFileName().toString();
          return name.startsWith(prefix)
              && name.substring(prefix.length()).matches("(reply|status|error|codes-[^.]*)\\.json");
        };
    try (DirectoryStream<Path> files = Files.newDirectoryStream(stem.getParent(), own)) {
      files.forEach(replies::add);
    } catch (IOException failure) {
      throw new UncheckedIOException("listing " + stem.getParent(), failure);
    }
    replies.sort(null);
    return replies;
  }

  /** Where the bytes as they came lie: in done or failed; empty where they are in neither. */
  List<Path> original(Document document) {
    if (!here(document)) {
      return List.of();
    }
    boolean http = document.sourcePath().toLowerCase(Locale.ROOT).endsWith(".http");
    List<Path> originals = new ArrayList<>();
    for (String folder : List.of("done", "failed")) {
      Path file = mirrored(folder, document, http ? ".http" : ".json");
      if (Files.exists(file)) {
        originals.add(file);
      }
    }
    return originals;
  }

  private static boolean here(Document document) {
    return document.source().equals("file");
  }

  private Path mirrored(String folder, Document document, String suffix) {
    return InboxPath.mirrored(
        workplace.resolve(settings.folder(folder)),
        document.replyName().orElse(document.id()),
        suffix);
  }
}
