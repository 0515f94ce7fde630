#!/usr/bin/env bash
# FFmpeg 8.1.2 (libswscale, through JavaCPP 1.5.14): the ranges of sws_setColorspaceDetails, called after sws_getContext as its
# documentation has it, count only where the picture is scaled. From yuv420p in television's range (16 to 235) to yuv420p in
# full range the same call turns grey 60 into 51 while the size changes, and leaves it at 60 where the size stays: the context
# has chosen to copy planes when it was made, both formats being the same. With src_range and dst_range set before
# sws_init_context it is 51 in both cases. So a camera whose pictures already have the wanted size comes out with less
# contrast than all others.
# Seen:
#   128x64 to 96x48, ranges after: 51
#   96x48 to 96x48, ranges after: 60
#   96x48 to 96x48, ranges before: 51
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

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

public class Show {
  static final int FLAGS = SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT;

  static AVFrame grey(int width, int height, int luma) {
    AVFrame frame = av_frame_alloc();
    frame.format(AV_PIX_FMT_YUV420P);
    frame.width(width);
    frame.height(height);
    av_frame_get_buffer(frame, 0);
    for (int plane = 0; plane < 3; plane++) {
      long bytes = (long) frame.linesize(plane) * (plane == 0 ? height : height / 2);
      BytePointer.memset(frame.data(plane), plane == 0 ? luma : 128, bytes);
    }
    return frame;
  }

  static SwsContext context(int width, int height, boolean before) {
    SwsContext context = sws_alloc_context();
    if (before) {
      context.src_w(width).src_h(height).src_format(AV_PIX_FMT_YUV420P).src_range(0);
      context.dst_w(96).dst_h(48).dst_format(AV_PIX_FMT_YUV420P).dst_range(1).flags(FLAGS);
      sws_init_context(context, (SwsFilter) null, (SwsFilter) null);
    } else {
      context = sws_getContext(width, height, AV_PIX_FMT_YUV420P, 96, 48, AV_PIX_FMT_YUV420P, FLAGS,
          (SwsFilter) null, (SwsFilter) null, (DoublePointer) null);
    }
    sws_setColorspaceDetails(context, sws_getCoefficients(SWS_CS_ITU601), 0,
        sws_getCoefficients(SWS_CS_ITU601), 1, 0, 1 << 16, 1 << 16);
    return context;
  }

  static void show(int width, int height, boolean before) {
    AVFrame from = grey(width, height, 60);
    AVFrame to = grey(96, 48, 0);
    SwsContext context = context(width, height, before);
    sws_scale(context, from.data(), from.linesize(), 0, height, to.data(), to.linesize());
    System.out.printf("%dx%d to 96x48, ranges %s: %d%n", width, height, before ? "before" : "after",
        to.data(0).get((long) 24 * to.linesize(0) + 40) & 255);
    sws_freeContext(context);
    av_frame_free(from);
    av_frame_free(to);
  }

  public static void main(String[] args) {
    show(128, 64, false);
    show(96, 48, false);
    show(96, 48, true);
  }
}
JAVA
java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java 2>/dev/null | tee seen

diff seen - <<'EXPECTED'
128x64 to 96x48, ranges after: 51
96x48 to 96x48, ranges after: 60
96x48 to 96x48, ranges before: 51
EXPECTED
