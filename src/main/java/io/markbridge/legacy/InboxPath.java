package io.markbridge.legacy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a file's place below the inbox says: {@code [<account>/]<group>[/<kind>]/<name>.json|.http}.
 * Further folders are allowed (one a line, say) and count for settings only.
 *
 * @param account the account whose folder it is, as it is configured
 * @param group the product group whose folder it is, as it is configured; empty where no folder
 *     names one
 * @param kind the document kind that a folder settles
 * @param folder the whole path below the inbox without the file, with {@code /}, or empty
 * @param name the file's name without its ending, as it is on disk
 * @param form what is in the file
 */
public record InboxPath(
    Optional<String> account,
    Optional<String> group,
    Optional<String> kind,
    String folder,
    String name,
    Form form) {

  private static final int MAXIMUM_FOLDERS = 16;
  private static final List<String> IGNORED_ENDINGS =
      List.of(".tmp", ".part", ".filepart", ".done", ".meta.json");

  /** Below a Linux inbox {@code a:1.json} and {@code \\x.json} are names like any other. */
  private static final Pattern ABSOLUTE = Pattern.compile("(?s)(/|\\\\\\\\|[A-Za-z]:[/\\\\]).*");

  /** What is in the file. */
  public enum Form {
    /** A request body. */
    JSON(".json"),
    /** A whole request. */
    HTTP(".http");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }

    public String ending() {
      return ending;
    }
  }

  /** The names that folders can have. */
  public record Known(
      Collection<String> accounts, Collection<String> groups, Collection<String> kinds) {}

  /** What a path is. */
  public sealed interface Reading {
    /** A document. */
    record Document(InboxPath path) implements Reading {}

    /** No document: a side file, a file that is still written, a hidden one. */
    record Ignored(String reason) implements Reading {}

    /** A path that no file below the inbox can have: nothing is read or written for it. */
    record Refused(String reason) implements Reading {}
  }

  /**
   * Reads a path relative to the inbox, with {@code /} between folders.
   *
   * <p>A folder that is both an account and a group counts as the account where the next one is a
   * group, otherwise as the group.
   */
  public static Reading read(String relative, Known known) {
    if (ABSOLUTE.matcher(relative).matches()) {
      return new Reading.Refused("absolute path");
    }
    List<String> segments = Arrays.asList(relative.split("/", -1));
    if (segments.stream().anyMatch(InboxPath::escapes)) {
      return new Reading.Refused("path leaves the inbox");
    }
    if (segments.size() > MAXIMUM_FOLDERS + 1) {
      return new Reading.Refused("more than " + MAXIMUM_FOLDERS + " folders");
    }
    String file = segments.get(segments.size() - 1);
    if (segments.stream().anyMatch(segment -> segment.startsWith("."))) {
      return new Reading.Ignored("hidden");
    }
    String lower = file.toLowerCase(Locale.ROOT);
    if (IGNORED_ENDINGS.stream().anyMatch(lower::endsWith)) {
      return new Reading.Ignored("side file, marker or file that is still written");
    }
    for (Form form : Form.values()) {
      if (lower.endsWith(form.ending) && lower.length() > form.ending.length()) {
        String name = file.substring(0, file.length() - form.ending.length());
        return new Reading.Document(
            place(segments.subList(0, segments.size() - 1), name, form, known));
      }
    }
    return new Reading.Ignored("neither .json nor .http");
  }

  /** Path of the side file below the inbox: {@code <name>.meta.json} beside the document. */
  public String sideFile() {
    return (folder.isEmpty() ? "" : folder + "/") + name + ".meta.json";
  }

  /**
   * A path that mirrors this document's below another root. Harmful names are made harmless, so
   * each document has a place for its replies.
   *
   * @param stem of {@link ReplyNames}
   * @param suffix such as {@code .reply.json}
   */
  public Path under(Path root, String stem, String suffix) {
    return mirrored(root, folder.isEmpty() ? stem : folder + "/" + stem, suffix);
  }

  /**
   * A path below a root that mirrors one below the inbox: see {@link #mirroredName}. The check is
   * of names only, so the folders below the root must be the bridge's own (no links out of it).
   *
   * @throws IllegalArgumentException when the path would leave the root
   */
  public static Path mirrored(Path root, String relative, String suffix) {
    Path base = root.toAbsolutePath().normalize();
    Path normal = base.resolve(mirroredName(relative, suffix)).normalize();
    if (!normal.startsWith(base) || normal.equals(base)) {
      throw new IllegalArgumentException("mirroring a path that leaves its folder");
    }
    return normal;
  }

  /**
   * The name, with {@code /} between folders, that mirrors one below the inbox. Characters that a
   * file system may refuse, device names and too long names are replaced.
   *
   * @param relative folders and the name without its ending, with {@code /}
   * @param suffix goes behind the name; no separators
   * @throws IllegalArgumentException when the name would leave its folder
   */
  public static String mirroredName(String relative, String suffix) {
    if (ABSOLUTE.matcher(relative).matches()) {
      throw new IllegalArgumentException("mirroring an absolute path");
    }
    if (suffix.contains("/")
        || suffix.contains("\\")
        || !SafeName.of("a" + suffix).endsWith(suffix)) {
      throw new IllegalArgumentException("mirroring with the suffix " + suffix);
    }
    List<String> segments = Arrays.asList(relative.split("/", -1));
    if (segments.stream().anyMatch(InboxPath::escapes)) {
      throw new IllegalArgumentException("mirroring a path that leaves its folder");
    }
    return segments.stream().map(SafeName::of).collect(Collectors.joining("/")) + suffix;
  }

  private static boolean escapes(String segment) {
    return segment.isEmpty() || segment.equals(".") || segment.equals("..");
  }

  private static InboxPath place(List<String> folders, String name, Form form, Known known) {
    Deque<String> rest = new ArrayDeque<>(folders);
    Optional<String> account = Optional.empty();
    if (!rest.isEmpty()) {
      Optional<String> named = find(known.accounts(), rest.peek());
      boolean alsoGroup = find(known.groups(), rest.peek()).isPresent();
      boolean groupFollows = folders.size() > 1 && find(known.groups(), folders.get(1)).isPresent();
      if (named.isPresent() && (!alsoGroup || groupFollows)) {
        account = named;
        rest.pop();
      }
    }
    Optional<String> group = group(rest, known);
    Optional<String> kind = rest.stream().flatMap(f -> find(known.kinds(), f).stream()).findFirst();
    return new InboxPath(account, group, kind, String.join("/", folders), name, form);
  }

  /**
   * A folder that is neither an account nor a kind names the group, also one that nobody
   * configured: new groups come.
   */
  private static Optional<String> group(Deque<String> rest, Known known) {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> found = find(known.groups(), rest.peek());
    // A folder before a group's looks like an account that nobody configured: never taken for a
    // group.
    boolean groupFollows =
        rest.stream().skip(1).limit(1).anyMatch(next -> find(known.groups(), next).isPresent());
    if (found.isEmpty() && (groupFollows || find(known.kinds(), rest.peek()).isPresent())) {
      return Optional.empty();
    }
    String folder = rest.pop();
    return Optional.of(found.orElse(folder));
  }

  /**
   * The name that is meant: folders are made by hand, on systems that know no case, and so are
   * paths of requests.
   */
  public static Optional<String> find(Collection<String> names, String folder) {
    return names.stream().filter(name -> name.equalsIgnoreCase(folder)).findFirst();
  }
}
