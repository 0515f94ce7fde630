#!/usr/bin/env bash
# JavaCPP 1.5.14 with FFmpeg 8.1.2: ten objects of a callback class can be live at once. The eleventh is made
# without an exception, but its native pointer is NULL: FFmpeg is given no interrupt callback and never calls it.
# A program with one deadline object per video source thus has ten sources with a deadline, and none after that.
# Seen (JDK 17, linux-x86_64):
#   10 of 15 callbacks have a native pointer
#   after closing 3 of them, 3 of 5 new ones have a native pointer
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
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

public class Show {
  static class Deadline extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      return 0;
    }
  }

  /** True if the structure's first field, the function to call, is set. Its getter in Java returns an object either way. */
  static boolean reachesFfmpeg(Deadline deadline) {
    AVFormatContext container = avformat.avformat_alloc_context();
    container.interrupt_callback().callback(deadline);
    boolean set = new LongPointer(new Pointer(container.interrupt_callback())).get(0) != 0;
    avformat.avformat_free_context(container);
    return set;
  }

  public static void main(String[] args) {
    List<Deadline> live = new ArrayList<>();
    int reached = 0;
    for (int i = 0; i < 15; i++) {
      Deadline deadline = new Deadline();
      live.add(deadline);
      reached += reachesFfmpeg(deadline) ? 1 : 0;
    }
    System.out.println(reached + " of 15 callbacks have a native pointer");
    live.subList(0, 3).forEach(Deadline::close);
    int again = 0;
    for (int i = 0; i < 5; i++) {
      Deadline deadline = new Deadline();
      live.add(deadline);
      again += reachesFfmpeg(deadline) ? 1 : 0;
    }
    System.out.println("after closing 3 of them, " + again + " of 5 new ones have a native pointer");
  }
}
JAVA
java -Dorg.bytedeco.javacpp.cachedir="$folder/cache" -cp 'lib/*' Show.java | tee seen

diff seen - <<'EXPECTED'
10 of 15 callbacks have a native pointer
after closing 3 of them, 3 of 5 new ones have a native pointer
EXPECTED
