#!/usr/bin/env bash
# FFmpeg 8.1.2 (libavformat, through JavaCPP 1.5.14): a live fragmented MP4, read over HTTP without a length while its
# camera goes on sending, has a duration: the sum of the fragments that were read while probing. The same pictures as
# FLV or MPEG-TS have none. A program that takes "has a duration" for "is a recording" ends such a camera for good when
# it hangs up once. Cameras' servers offer this form because browsers play it.
# Seen (4 of 10 seconds sent when asked; what is read while probing varies):
#   mp4 has a duration, below 10 s
#   flv has no duration
#   mpegts has no duration
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.bytedeco</groupId><artifactId>ffmpeg</artifactId><version>8.1.2-1.5.14</version></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>ffmpeg</artifactId><version>8.1.2-1.5.14</version><classifier>linux-x86_64</classifier></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.14</version></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.14</version><classifier>linux-x86_64</classifier></dependency>
  </dependencies>
</project>
POM
mvn -q --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib

cat >Show.java <<'JAVA'
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerPointer;

public class Show {
  public static void main(String[] args) throws Exception {
    av_log_set_level(AV_LOG_QUIET);
    String ffmpeg = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    for (String format : List.of("mp4", "flv", "mpegts")) {
      List<String> command =
          new ArrayList<>(
              List.of(ffmpeg, "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10", "-t", "10",
                  "-c:v", "flv", "-g", "10"));
      if (!format.equals("flv")) {
        command.set(command.indexOf("flv"), "mpeg4");
      }
      if (format.equals("mp4")) {
        command.addAll(List.of("-movflags", "frag_every_frame+empty_moov+default_base_moof"));
      }
      // A live FLV's header holds no duration.
      if (format.equals("flv")) {
        command.addAll(List.of("-flvflags", "no_duration_filesize"));
      }
      command.addAll(List.of("-f", format, "camera." + format));
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("ffmpeg failed");
      }
      byte[] ten = Files.readAllBytes(Path.of("camera." + format));

      CountDownLatch asked = new CountDownLatch(1);
      HttpServer camera = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService threads = Executors.newCachedThreadPool();
      camera.setExecutor(threads);
      camera.createContext("/", exchange -> {
        exchange.sendResponseHeaders(200, /* chunked */ 0);
        try (var body = exchange.getResponseBody()) {
          body.write(ten, 0, ten.length * 4 / 10);
          body.flush();
          asked.await();
        } catch (Exception e) {
          // The reader left.
        }
      });
      camera.start();
      AVFormatContext container = avformat_alloc_context();
      AVDictionary options = new AVDictionary(null);
      av_dict_set(options, "analyzeduration", "1000000", 0);
      av_dict_set(options, "fpsprobesize", "0", 0);
      int code = avformat_open_input(container, "http://localhost:" + camera.getAddress().getPort() + "/camera", null, options);
      code = code < 0 ? code : avformat_find_stream_info(container, (PointerPointer<?>) null);
      if (code < 0) {
        throw new IllegalStateException(format + ": " + code);
      }
      long micros = container.duration();
      System.out.println(
          format
              + (micros == AV_NOPTS_VALUE() || micros <= 0
                  ? " has no duration"
                  : " has a duration, " + (micros < 10_000_000 ? "below" : "not below") + " 10 s"));
      asked.countDown();
      avformat_close_input(container);
      camera.stop(0);
      threads.shutdownNow();
    }
  }
}
JAVA
timeout 60 java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java | tee seen

diff seen - <<'EXPECTED'
mp4 has a duration, below 10 s
flv has no duration
mpegts has no duration
EXPECTED
