#!/usr/bin/env bash
# FFmpeg 8.1.2 (libswscale, through JavaCPP 1.5.14): converting a full-range picture to planar floats (GBRPF32) gives
# 0.0 for black but 0.996 (about 65280 / 65535) for white, not 1.0: eight bits are widened to sixteen by a factor of 256
# instead of 257. A network that is fed these floats instead of bytes / 255 sees darker pictures: half a step
# of 255 in the middle, a whole one in white.
# Seen:
#   rgb24 0 -> 0.000
#   rgb24 128 -> 0.500 (128 / 255 is 0.502)
#   rgb24 255 -> 0.996
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
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

public class Show {
  static AVFrame frame(int format) {
    AVFrame frame = av_frame_alloc();
    frame.format(format);
    frame.width(64);
    frame.height(64);
    av_frame_get_buffer(frame, 0);
    return frame;
  }

  public static void main(String[] args) {
    for (int value : new int[] {0, 128, 255}) {
      AVFrame bytes = frame(AV_PIX_FMT_RGB24);
      for (int y = 0; y < 64; y++) {
        for (int x = 0; x < 64 * 3; x++) {
          bytes.data(0).put((long) y * bytes.linesize(0) + x, (byte) value);
        }
      }
      AVFrame floats = frame(AV_PIX_FMT_GBRPF32);
      SwsContext context =
          sws_getContext(64, 64, AV_PIX_FMT_RGB24, 64, 64, AV_PIX_FMT_GBRPF32,
              SWS_AREA | SWS_ACCURATE_RND, (SwsFilter) null, (SwsFilter) null, (DoublePointer) null);
      sws_scale(context, bytes.data(), bytes.linesize(), 0, 64, floats.data(), floats.linesize());
      float green = new FloatPointer(floats.data(0)).get(32);
      System.out.printf(Locale.ROOT, "rgb24 %d -> %.3f%n", value, green);
      sws_freeContext(context);
      av_frame_free(bytes);
      av_frame_free(floats);
    }
  }
}
JAVA
java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java 2>/dev/null | tee seen

diff seen - <<'EXPECTED'
rgb24 0 -> 0.000
rgb24 128 -> 0.500
rgb24 255 -> 0.996
EXPECTED
