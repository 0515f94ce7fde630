package dev.flamingo.standalone.demo;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.standalone.NamedSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** The demo with the model that ships, on free ports. */
final class StreetDemo implements AutoCloseable {

  private static final Path BUNDLE =
      Path.of("../../inference/model/bundles/street").toAbsolutePath().normalize();
  private static final Path GRAPHS = Path.of("target/graphs").toAbsolutePath();

  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Demo demo;

  StreetDemo(Path data, String... sources) throws Exception {
    demo =
        Demo.start(
            DemoConfig.usual(0, freePort(), data, streams(sources)),
            new FlamingoModelProvider(BUNDLE.toString(), GRAPHS.toString(), 2)
                .with(Quantization.BLOCKS8),
            complaints::add);
  }

  private static List<DemoStream> streams(String... sources) {
    return DemoStream.of(Stream.of(sources).map(NamedSource::parse).toList());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Demo demo() {
    return demo;
  }

  /** Returns what was said about streams that fail. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  String url(String path) {
    return "http://127.0.0.1:" + demo.port() + path;
  }

  @Override
  public void close() throws Exception {
    demo.close();
  }
}
