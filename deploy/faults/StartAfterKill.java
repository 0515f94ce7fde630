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
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Measures how long the demo takes to start on a new folder and after a kill; see start-after-kill. */
public final class StartAfterKill {

  /** Longer than the job takes between two checkpoints. */
  private static final Duration LIFE = Duration.ofSeconds(20);

  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final double MOST = 1.25;

  private final String launcher;
  private final Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StartAfterKill(String launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  /** Seconds from the start of the process. */
  private record Times(double page, double health, double ready, double answer) {}

  /** A started demo. */
  private record Started(Process process, Times times) {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("start-after-kill");
    List<Times> fresh = new ArrayList<>();
    List<Times> killed = new ArrayList<>();
    try {
      StartAfterKill starts = new StartAfterKill(arguments[0], folder);
      for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
        Path data = folder.resolve("data-" + i);
        fresh.add(starts.once("new folder", data, LIFE));
        killed.add(starts.once("after a kill", data, Duration.ZERO));
      }
    } finally {
      delete(folder);
    }
    System.out.println();
    compare("page", fresh, killed, Times::page);
    compare("health", fresh, killed, Times::health);
    double ready = compare("ready", fresh, killed, Times::ready);
    double answer = compare("answer", fresh, killed, Times::answer);
    System.exit(Math.max(ready, answer) <= MOST ? 0 : 1);
  }

  private static double compare(
      String name, List<Times> fresh, List<Times> killed, ToDoubleFunction<Times> part) {
    double before = median(fresh, part);
    double after = median(killed, part);
    System.out.printf(
        "%-6s  new folder %5.1f s  after a kill %5.1f s  ratio %.2f%n",
        name, before, after, after / before);
    return after / before;
  }

  private static double median(List<Times> all, ToDoubleFunction<Times> part) {
    double[] sorted = all.stream().mapToDouble(part).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Starts, lets it run, and kills it. */
  private Times once(String kind, Path data, Duration life) throws Exception {
    Started demo = start(data);
    try {
      System.out.printf(
          "%-12s  page %5.1f s  health %5.1f s  ready %5.1f s  answer %5.1f s%n",
          kind,
          demo.times().page(),
          demo.times().health(),
          demo.times().ready(),
          demo.times().answer());
      TimeUnit.MILLISECONDS.sleep(life.toMillis());
    } finally {
      kill(demo.process());
    }
    return demo.times();
  }

  private Started start(Path data) throws Exception {
    int port = freePort();
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher, "demo", "--port", "" + port, "--kafka-port", "" + freePort(),
                "--data", data.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    builder.environment().put("TMPDIR", folder.toString());
    long begun = System.nanoTime();
    Process demo = builder.start();
    try {
      Lines lines = new Lines(demo, begun);
      double page = lines.await("page");
      double health = health(port, begun);
      double ready = lines.await("ready");
      return new Started(demo, new Times(page, health, ready, answer(port, begun)));
    } catch (IllegalStateException | IOException e) {
      kill(demo);
      throw new IllegalStateException(e.getMessage() + ": " + Files.readString(errors), e);
    }
  }

  private double health(int port, long begun) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready")).build();
    while (seconds(begun) < READY_WITHIN.toSeconds()) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return seconds(begun);
        }
      } catch (IOException e) {
        // Not yet.
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IllegalStateException("the gateway is not ready");
  }

  /** Asks a question at once and waits for its answer. */
  private double answer(int port, long begun) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/questions"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"stream\":\"street\",\"text\":\"is it raining?\"}"))
            .build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    if (!answer.contains("\"completed\"")) {
      throw new IllegalStateException("the question has no answer: " + answer);
    }
    return seconds(begun);
  }

  /** Kills the process and its supervisor, which would start it again. */
  private static void kill(Process demo) throws Exception {
    List<ProcessHandle> children = demo.descendants().toList();
    demo.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle child : children) {
      child.onExit().get();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
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

  /** The lines that a process prints, with their times. */
  private static final class Lines {

    private record Line(String text, double seconds) {}

    private final List<Line> lines = new ArrayList<>();
    private boolean ended;

    Lines(Process process, long begun) {
      Thread reader =
          new Thread(
              () -> {
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> add(new Line(line, seconds(begun))));
                end();
              });
      reader.setDaemon(true);
      reader.start();
    }

    private synchronized void add(Line line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    /** Returns when a line that begins so was printed. */
    synchronized double await(String begin) throws InterruptedException {
      long end = System.nanoTime() + READY_WITHIN.toNanos();
      while (true) {
        for (Line line : lines) {
          if (line.text().startsWith(begin)) {
            return line.seconds();
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
          throw new IllegalStateException("the demo does not print " + begin);
        }
        wait(left);
      }
    }
  }
}
