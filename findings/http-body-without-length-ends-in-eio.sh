#!/usr/bin/env bash
# FFmpeg 8.1.2 (libavformat, through JavaCPP 1.5.14): a body over HTTP that has no length and ends by the server's
# closing, as HTTP/1.0 servers, CGI and many cameras send it, ends in EIO ("input/output error") and not in the end of
# the file, though every byte came. With a Content-Length, or in chunks, the same bytes end in AVERROR_EOF.
# A program that takes the two apart calls a finished download a lost camera.
# Seen:
#   closed: 50 packets, then EIO
#   length: 50 packets, then EOF
#   chunked: 50 packets, then EOF
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
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EIO;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.javacpp.Loader;

public class Show {
  static void serve(ServerSocket server, String form, byte[] video) {
    try (Socket client = server.accept()) {
      byte[] request = new byte[4096];
      client.getInputStream().read(request);
      String head =
          switch (form) {
            case "length" -> "HTTP/1.1 200 OK\r\nContent-Length: " + video.length + "\r\n";
            case "chunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
            default -> "HTTP/1.0 200 OK\r\n";
          };
      var out = client.getOutputStream();
      out.write((head + "Content-Type: video/mp2t\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      if (form.equals("chunked")) {
        out.write((Integer.toHexString(video.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(video);
        out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else {
        out.write(video);
      }
      out.flush();
      client.shutdownOutput();
      while (client.getInputStream().read(request) >= 0) {}
    } catch (java.io.IOException e) {
      // The reader left.
    }
  }

  public static void main(String[] args) throws Exception {
    av_log_set_level(AV_LOG_QUIET);
    String ffmpeg = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    Process made =
        new ProcessBuilder(
                ffmpeg, "-loglevel", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10", "-t", "5",
                "-c:v", "mpeg4", "-f", "mpegts", "video.ts")
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg failed");
    }
    byte[] video = Files.readAllBytes(Path.of("video.ts"));
    for (String form : List.of("closed", "length", "chunked")) {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Thread camera = new Thread(() -> serve(server, form, video));
        camera.start();
        AVFormatContext container = avformat_alloc_context();
        int code = avformat_open_input(container, "http://localhost:" + server.getLocalPort() + "/video", null, null);
        AVPacket packet = av_packet_alloc();
        int packets = 0;
        while (code >= 0) {
          code = av_read_frame(container, packet);
          if (code >= 0) {
            packets++;
            av_packet_unref(packet);
          }
        }
        String end = code == AVERROR_EOF() ? "EOF" : code == AVERROR_EIO() ? "EIO" : Integer.toString(code);
        System.out.println(form + ": " + packets + " packets, then " + end);
        av_packet_free(packet);
        avformat_close_input(container);
        camera.join();
      }
    }
  }
}
JAVA
timeout 60 java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java | tee seen

diff seen - <<'EXPECTED'
closed: 50 packets, then EIO
length: 50 packets, then EOF
chunked: 50 packets, then EOF
EXPECTED
