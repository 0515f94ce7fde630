import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Stops the demo while it answers; see stop-under-load. */
public final class StopUnderLoad {

  private static final int ASKERS = 6;
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOAD = Duration.ofSeconds(3);

  private final String launcher;
  private final Path folder;
  private final int port = freePort();
  private final int kafkaPort = freePort();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StopUnderLoad(String launcher, Path folder) throws IOException {
    this.launcher = launcher;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("stop-under-load");
    boolean good = true;
    try {
      StopUnderLoad stops = new StopUnderLoad(arguments[0], folder);
      Set<String> open = new TreeSet<>();
      for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
        good &= stops.once(i, open);
      }
      Process last = stops.start();
      good &= stops.lost(open).isEmpty();
      stops.stop(last);
      System.out.println(good ? "all good" : "not all good");
    } finally {
      delete(folder);
    }
    System.exit(good ? 0 : 1);
  }

  /**
   * Starts, looks after what the last time left, asks and stops.
   *
   * @param accepted ids of questions that were accepted last time; replaced by this time's
   */
  private boolean once(int number, Set<String> accepted) throws Exception {
    Process demo = start();
    Set<String> lost = lost(accepted);
    int looked = accepted.size();
    accepted.clear();
    Set<String> now = ConcurrentHashMap.newKeySet();
    List<Thread> askers = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      String name = "stop-" + number + "-" + i + "-";
      Thread asker = new Thread(() -> ask(name, now));
      asker.setDaemon(true);
      asker.start();
      askers.add(asker);
    }
    TimeUnit.MILLISECONDS.sleep(LOAD.toMillis() + 37L * number % 1000);
    long begun = System.nanoTime();
    int status = stop(demo);
    double seconds = (System.nanoTime() - begun) / 1e9;
    for (Thread asker : askers) {
      asker.join();
    }
    accepted.addAll(now);
    List<Path> crashes = crashes();
    System.out.printf(
        "%d: status %d after %.1f s, %d crash reports, %d questions accepted; of the %d before %d lost%s%n",
        number, status, seconds, crashes.size(), now.size(), looked, lost.size(), lost.isEmpty() ? "" : " " + lost);
    return status == 143
        && seconds <= ENDED_WITHIN.toSeconds()
        && crashes.isEmpty()
        && lost.isEmpty();
  }

  private Process start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher, "demo", "--port", "" + port, "--kafka-port", "" + kafkaPort,
                "--data", folder.resolve("data").toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()));
    // Where reports of crashes go.
    builder.environment().put("TMPDIR", folder.toString());
    Process demo = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(() -> out.lines().filter("ready"::equals).findFirst());
    reader.setDaemon(true);
    reader.start();
    reader.join(READY_WITHIN.toMillis());
    if (!demo.isAlive() || reader.isAlive()) {
      demo.destroy();
      throw new IllegalStateException(
          "the demo is not ready: " + Files.readString(folder.resolve("errors")));
    }
    awaitReady();
    return demo;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready")).build();
    while (client.send(request, BodyHandlers.discarding()).statusCode() != 200) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the gateway is not ready");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private int stop(Process demo) throws InterruptedException {
    demo.destroy();
    return demo.waitFor();
  }

  /** Asks until the demo is gone; what it accepts it acknowledges by an event. */
  private void ask(String name, Set<String> accepted) {
    try {
      for (int i = 0; ; i++) {
        String id = name + i;
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/questions"))
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"%s\",\"stream\":\"street\",\"text\":\"what color is the bus?\"}"
                            .formatted(id)))
                .build();
        client
            .send(request, BodyHandlers.ofLines())
            .body()
            .filter(line -> line.equals("event: answer.created") || line.equals("event:answer.created"))
            .forEach(line -> accepted.add(id));
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // The demo has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns which questions do not end. */
  private Set<String> lost(Set<String> accepted) throws Exception {
    Set<String> open = new TreeSet<>(accepted);
    long end = System.nanoTime() + ANSWERED_WITHIN.toNanos();
    while (!open.isEmpty() && System.nanoTime() < end) {
      for (String id : List.copyOf(open)) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/questions/" + id)).build();
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          open.remove(id);
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return open;
  }

  private List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files.filter(file -> file.getFileName().toString().startsWith("flamingo-crash")).toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
