package dev.flamingo.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.MimeMapping;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the page's files. A browser asks each time whether its copy is still right. */
final class WebPage {

  private static final String FOLDER = "web";
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String ALLOW = "GET, HEAD, OPTIONS";
  private static final Pattern PATH =
      Pattern.compile("(/[A-Za-z0-9_-]+)*/[A-Za-z0-9_.-]+\\.[a-z0-9]+");

  private final Map<String, WebFile> files = new ConcurrentHashMap<>();

  private record WebFile(Buffer content, String type, Version version) {}

  void addTo(Router router) {
    router.route().handler(this::serve);
  }

  private void serve(RoutingContext request) {
    String path = request.normalizedPath();
    Optional<WebFile> file = file(path.equals("/") ? "/index.html" : path);
    if (file.isEmpty()) {
      request.next();
      return;
    }
    if (!METHODS.contains(request.request().method())) {
      refuse(request);
      return;
    }
    request
        .response()
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Type", file.get().type());
    file.get().version().writeTo(request.response());
    if (file.get().version().isKnownTo(request.request())) {
      request.response().setStatusCode(304).end();
    } else {
      request.response().end(file.get().content());
    }
  }

  private static void refuse(RoutingContext request) {
    request.response().putHeader("Allow", ALLOW);
    if (!request.request().method().equals(HttpMethod.OPTIONS)) {
      throw new HttpError(405, "not-allowed", "this path takes " + ALLOW);
    }
    request.response().setStatusCode(204).end();
  }

  private Optional<WebFile> file(String path) {
    if (!PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    WebFile known = files.get(path);
    WebFile file = known == null ? read(path) : known;
    if (file != null) {
      files.put(path, file);
    }
    return Optional.ofNullable(file);
  }

  private static @Nullable WebFile read(String path) {
    try (InputStream file = WebPage.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
      if (file == null) {
        return null;
      }
      byte[] content = file.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      // Weak: the same file may be sent compressed.
      String tag = "W/\"%s\"".formatted(HexFormat.of().formatHex(digest, 0, 12));
      return new WebFile(Buffer.buffer(content), type(path), Version.of(tag));
    } catch (IOException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String type(String path) {
    String type = MimeMapping.mimeTypeForFilename(path);
    if (type == null) {
      return "application/octet-stream";
    }
    return type.startsWith("text/") ? type + ";charset=UTF-8" : type;
  }
}
