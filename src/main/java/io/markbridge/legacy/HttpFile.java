package io.markbridge.legacy;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .http} file: one whole legacy request, as HTTP clients of editors write it. The
 * head (at most 64 KB) is read into memory; the body is only looked through for a second request,
 * so a report of a gigabyte needs no memory.
 *
 * <p>Known: {@code METHOD target [HTTP/1.1]} or a target alone (GET); full addresses or paths; the
 * query on following lines that begin with {@code ?} or {@code &}; comments {@code #} and {@code
 * //}; {@code @name = value} lines (skipped); headers; an empty line; a body; {@code ###}
 * separators around one request. Not known: variables, bodies from other files, two requests.
 */
public final class HttpFile {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(?:([A-Za-z]+)[ \\t]+)?(\\S+?)(?:[ \\t]+HTTP/\\d(?:\\.\\d)?)?");
  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#]*");
  private static final Pattern HEADER = Pattern.compile("([!-9;-~]+)[ \\t]*:(.*)");
  private static final Pattern CHARSET = Pattern.compile("(?i).*charset\\s*=\\s*\"?([^\"\\s;]+).*");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Set<String> SECRETS =
      Set.of("clienttoken", "authorization", "accesstoken", "access_token", "token");

  private final LegacyApi api;
  private final NearestCall nearest;

  public HttpFile(LegacyApi api) {
    this.api = api;
    this.nearest = new NearestCall(api);
  }

  /**
   * Reads one request; whatever is wrong with it is in the answer.
   *
   * @throws IOException when the payload cannot be read: nothing is said about the request
   */
  public HttpReading read(Payload file) throws IOException {
    try (HttpLines lines = new HttpLines(file)) {
      return request(lines);
    } catch (DocumentRejectedException rejected) {
      return new HttpReading.Unreadable(rejected.problems().get(0));
    }
  }

  private HttpReading request(HttpLines lines) throws IOException, DocumentRejectedException {
    String line = firstLine(lines);
    Matcher requestLine = REQUEST_LINE.matcher(line);
    if (!requestLine.matches()) {
      throw malformed("request line", line, "METHOD /path?query");
    }
    String method =
        requestLine.group(1) == null ? "GET" : requestLine.group(1).toUpperCase(Locale.ROOT);
    StringBuilder target = new StringBuilder(requestLine.group(2));
    Optional<Charset> charset = Optional.empty();
    boolean headers = false;
    for (line = lines.next(); line != null && !line.isBlank(); line = lines.next()) {
      String text = line.strip();
      if (text.startsWith("###")) {
        lines.separator();
        break;
      }
      if (text.startsWith("#") || text.startsWith("//")) {
        continue;
      }
      if (!headers && (text.startsWith("?") || text.startsWith("&"))) {
        target.append(text);
        continue;
      }
      Matcher header = HEADER.matcher(text);
      if (!header.matches()) {
        // A line may hold a token: it is not told.
        throw malformed("header", "", "Name: value");
      }
      headers = true;
      if (header.group(1).equalsIgnoreCase("content-type")) {
        charset = charset(header.group(2));
      }
    }
    HttpLines.Body body = lines.body();
    return request(method, target.toString(), body, lines.wideCharset().or(lines.marked(charset)));
  }

  private static String firstLine(HttpLines lines) throws IOException, DocumentRejectedException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      if (!text.isEmpty()
          && !text.startsWith("#")
          && !text.startsWith("//")
          && !text.startsWith("@")) {
        return text;
      }
    }
    throw malformed("request line", "", "METHOD /path?query");
  }

  private HttpReading request(
      String method, String target, HttpLines.Body body, Optional<Charset> charset)
      throws DocumentRejectedException {
    if (target.contains("{{")) {
      throw malformed("request line", "{{…}}", "no variables");
    }
    String local = ORIGIN.matcher(target).replaceFirst("");
    int fragment = local.indexOf('#');
    local = fragment < 0 ? local : local.substring(0, fragment);
    int mark = local.indexOf('?');
    String path = mark < 0 ? local : local.substring(0, mark);
    Map<String, String> parameters =
        LegacyQuery.read(mark < 0 ? "" : local.substring(mark + 1).replace('?', '&'));
    Route route = route(method, path);
    parameters.putAll(route.values());
    parameters.keySet().removeIf(name -> SECRETS.contains(name.toLowerCase(Locale.ROOT)));
    Optional<String> omsId =
        Optional.ofNullable(parameters.remove("omsId")).filter(id -> !id.isBlank());
    // A call that is not served is refused as such, whatever it lacks.
    Set<String> asked = route.call().served() ? route.call().required() : Set.of();
    for (String required : asked) {
      if (parameters.getOrDefault(required, "").isBlank()) {
        throw new DocumentRejectedException(
            Problem.of(
                ProblemCode.FIELD_REQUIRED,
                "$." + required,
                "",
                "field",
                required,
                "where",
                "?" + required + "=…"));
      }
    }
    return new HttpReading.Request(
        route.call(),
        route.group(),
        omsId,
        Collections.unmodifiableMap(new LinkedHashMap<>(parameters)),
        body.offset(),
        body.length(),
        charset);
  }

  private record Route(LegacyCall call, Optional<String> group, Map<String, String> values) {}

  private Route route(String method, String path) throws DocumentRejectedException {
    Optional<LegacyApi.Placed> placed = api.place(method, path);
    if (placed.isPresent()) {
      return new Route(placed.get().call(), Optional.empty(), placed.get().values());
    }
    String prefix = api.prefix() + "/";
    int start = path.indexOf(prefix);
    if (start < 0) {
      throw unknown(method, path);
    }
    String rest = path.substring(start + prefix.length());
    while (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    Optional<LegacyCall> ungrouped = api.match(method, "/" + rest, false);
    if (ungrouped.isPresent()) {
      return new Route(ungrouped.get(), Optional.empty(), Map.of());
    }
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw unknown(method, path);
    }
    LegacyCall call =
        api.match(method, rest.substring(slash), true).orElseThrow(() -> unknown(method, path));
    String group = LegacyQuery.decode(rest.substring(0, slash), "group");
    if (!GROUP.matcher(group).matches()) {
      throw new DocumentRejectedException(Problem.of(ProblemCode.GROUP_UNKNOWN, "", "G3"));
    }
    return new Route(call, Optional.of(group), Map.of());
  }

  private static Optional<Charset> charset(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      // By any of its names, such as cp1251.
      Charset said = Charset.forName(matcher.group(1));
      return said.name().equals("windows-1251") ? Optional.of(said) : Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private DocumentRejectedException unknown(String method, String path) {
    return new DocumentRejectedException(
        Problem.of(
            ProblemCode.CALL_UNKNOWN,
            "",
            "",
            "call",
            LegacyQuery.printable(method + " " + path),
            "nearest",
            nearest.to(method, path)));
  }

  static DocumentRejectedException malformed(String what, String value, String expected) {
    return new DocumentRejectedException(
        Problem.of(
            ProblemCode.FIELD_MALFORMED,
            what,
            "",
            "value",
            LegacyQuery.printable(value),
            "expected",
            expected));
  }
}
